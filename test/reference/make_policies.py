"""Small policies in the form of Stable-Baselines3's model.save(), with PyTorch's own answers.

    python3 test/reference/make_policies.py

Needs torch, gymnasium and cloudpickle. The committed files were made with torch 1.13, NumPy 1.24
and gymnasium 1.3. Weights are random; every network is put together from torch.nn modules under the
parameter names that Stable-Baselines3 gives them, and run bar by bar from a zero state. Policy
classes stand by name only, so Stable-Baselines3 itself is not needed.
"""

import base64
import io
import json
import pathlib
import sys
import types
import zipfile

import cloudpickle
import numpy as np
import torch
from gymnasium import spaces
from torch import nn

HERE = pathlib.Path(__file__).parent
FOLDER = HERE.parent / "fixtures" / "policies"
BARS = 24


def library_class(path):
    """A class that pickles as a reference to `path`, as an installed library's class would."""
    module_name, name = path.rsplit(".", 1)
    parts = module_name.split(".")
    for length in range(1, len(parts) + 1):
        package = ".".join(parts[:length])
        sys.modules.setdefault(package, types.ModuleType(package)).__path__ = []
    module = sys.modules[module_name]
    cls = getattr(module, name, None) or type(name, (), {"__module__": module_name})
    setattr(module, name, cls)
    return cls


MLP_POLICY = library_class("stable_baselines3.common.policies.ActorCriticPolicy")
LSTM_POLICY = library_class("sb3_contrib.common.recurrent.policies.RecurrentActorCriticPolicy")


class Net(nn.Module):
    """The parameters of MlpPolicy or MlpLstmPolicy, and their deterministic answer."""

    def __init__(self, features, actions, pi=(8,), activation=nn.Tanh, lstm=None, critic="separate"):
        super().__init__()
        width = features
        if lstm is not None:
            self.lstm_actor = nn.LSTM(features, **lstm)
            width = lstm["hidden_size"]
            if critic == "separate":
                self.lstm_critic = nn.LSTM(features, **lstm)
            if critic == "absent":
                self.critic = nn.Linear(features, width)
        self.mlp_extractor = nn.Module()
        self.mlp_extractor.policy_net = self.layers(width, pi, activation)
        self.mlp_extractor.value_net = self.layers(width, pi, activation)
        last = pi[-1] if pi else width
        self.action_net = nn.Linear(last, actions)
        self.value_net = nn.Linear(last, 1)
        for parameter in self.parameters():
            nn.init.normal_(parameter, std=0.6)

    @staticmethod
    def layers(width, sizes, activation):
        modules = []
        for size in sizes:
            modules += [nn.Linear(width, size), activation()]
            width = size
        return nn.Sequential(*modules)

    def forward(self, x, state):
        if hasattr(self, "lstm_actor"):
            x, state = self.lstm_actor(x.unsqueeze(0), state)
            x = x.squeeze(0)
        return self.action_net(self.mlp_extractor.policy_net(x)), state


def answers(net, rows, finish):
    state, found = None, []
    with torch.no_grad():
        for row in rows:
            x, state = net(row.reshape(1, -1), state)
            found.append(finish(x)[0].tolist())
    return found


def field(value):
    """A setting as Stable-Baselines3 writes it: JSON, or a pickle with readable attributes."""
    try:
        json.dumps(value)
        return value
    except TypeError:
        pass
    entry = {":type:": str(type(value)), ":serialized:": base64.b64encode(cloudpickle.dumps(value)).decode()}
    attributes = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    for name, item in attributes.items():
        try:
            json.dumps(item)
            entry[name] = item
        except TypeError:
            entry[name] = str(item)
    return entry


def save(name, net, policy_class, observation, action, kwargs, **settings):
    data = {
        "policy_class": policy_class,
        "policy_kwargs": kwargs,
        "observation_space": observation,
        "action_space": action,
        "learning_rate": 0.001,
        "use_sde": False,
        **settings,
    }
    with zipfile.ZipFile(FOLDER / f"{name}.zip", "w") as archive:
        def member(path, content):
            info = zipfile.ZipInfo(path)
            with archive.open(info, "w", force_zip64=path.endswith(".pth")) as file:
                file.write(content)

        member("data", json.dumps({key: field(value) for key, value in data.items()}, indent=1).encode())
        for path, content in [("pytorch_variables.pth", {}), ("policy.pth", net.state_dict())]:
            buffer = io.BytesIO()
            torch.save(content, buffer)
            member(path, buffer.getvalue())
        member("_stable_baselines3_version", b"2.9.0")


def box(size, low=-np.inf, high=np.inf):
    return spaces.Box(np.full(size, low, "f4"), np.full(size, high, "f4"), dtype=np.float32)


def main():
    torch.manual_seed(7)
    cases = {}

    def case(name, rows, net, policy_class, observation, action, kwargs, finish=lambda x: x, encode=lambda x: x, **settings):
        save(name, net, policy_class, observation, action, kwargs, **settings)
        cases[name] = {
            "observations": rows.tolist(),
            "answers": answers(net, encode(rows), finish),
        }

    rows = torch.randn(BARS, 5)

    lstm = {"hidden_size": 6, "num_layers": 3}
    case("stacked_lstm", rows, Net(5, 3, (7, 4), nn.ReLU, lstm, "absent"), LSTM_POLICY, box(5), spaces.Discrete(3),
         {"activation_fn": nn.ReLU, "n_lstm_layers": 3, "lstm_hidden_size": 6, "shared_lstm": False,
          "enable_critic_lstm": False, "net_arch": [7, 4]}, clip_range=0.2)

    lstm = {"hidden_size": 6, "bias": False}
    low, high = np.array([-0.4, -1], "f4"), np.array([0.6, 0.1], "f4")
    clip = lambda x: torch.clamp(x, torch.from_numpy(low), torch.from_numpy(high))
    case("continuous_lstm", rows, Net(5, 2, (), nn.Tanh, lstm, "separate"), LSTM_POLICY, box((5, 1)),
         spaces.Box(low, high, dtype=np.float32),
         {"lstm_hidden_size": 6, "lstm_kwargs": {"bias": False}, "net_arch": []}, clip, clip_range=0.2)

    for activation in [nn.ELU, nn.GELU, nn.SiLU, nn.LeakyReLU]:
        name = activation.__name__.lower()
        case(f"mlp_{name}", rows, Net(5, 3, (8, 6), activation), MLP_POLICY, box(5), spaces.Discrete(3),
             {"activation_fn": activation, "net_arch": {"pi": [8, 6], "vf": [8, 6]}}, clip_range=0.2)

    low, high = torch.tensor([-2.0, 0.0]), torch.tensor([3.0, 0.5])
    squash = lambda x: low + 0.5 * (torch.tanh(x) + 1.0) * (high - low)
    net = Net(5, 2)
    net.log_std = nn.Parameter(torch.zeros(8, 2))
    case("squashed", rows, net, MLP_POLICY, box(5), spaces.Box(low.numpy(), high.numpy(), dtype=np.float32),
         {"squash_output": True, "net_arch": [8]}, squash, use_sde=True, normalize_advantage=False)

    integers = torch.randint(0, 5, (BARS, 1))
    one_hot = lambda x: nn.functional.one_hot(x.long().flatten(), 5).float()
    case("one_hot", integers.float(), Net(5, 3), MLP_POLICY, spaces.Discrete(5), spaces.Discrete(3, start=-1),
         {"net_arch": [8]}, encode=one_hot, clip_range=0.2)

    bits = torch.randint(0, 2, (BARS, 4)).float()
    case("bits", bits, Net(4, 2), MLP_POLICY, spaces.MultiBinary([2, 2]), spaces.Discrete(2), {"net_arch": [8]}, clip_range=0.2)

    pairs = torch.stack([torch.randint(0, 3, (BARS,)), torch.randint(0, 4, (BARS,))], dim=1).float()
    codes = lambda x: torch.cat([nn.functional.one_hot(x[:, i].long(), n) for i, n in enumerate([3, 4])], dim=1).float()
    case("multi_discrete", pairs, Net(7, 2), MLP_POLICY, spaces.MultiDiscrete([3, 4]), spaces.Discrete(2),
         {"net_arch": [8]}, encode=codes, clip_range=0.2)

    base = torch.randn(4, 6)
    odd = {
        "half": torch.tensor([1.5, -0.0, 6e-8, 65504.0, -0.333, float("inf")]).half(),
        "double": torch.tensor([[0.1], [1e300]], dtype=torch.float64),
        "whole": base,
        "transposed": base.t(),
        "middle": base[1:3, 2:5],
        "every_other": base[:, ::2],
        "scalar": torch.tensor(2.5),
        "parameter": nn.Parameter(torch.arange(3.0)),
        "counts": torch.arange(3),
    }
    torch.save(odd, FOLDER / "odd_tensors.pth")
    cases["odd_tensors"] = {
        name: {"shape": list(value.shape), "values": value.detach().double().flatten().tolist()}
        for name, value in odd.items()
        if value.is_floating_point()
    }
    cases["odd_tensors"]["half"]["values"][5] = "Infinity"
    (HERE / "policies.torch.json").write_text(json.dumps(cases))


main()
