"""Actions of recurrent sample policies whose state is zero at every bar, computed with NumPy alone.

    python3 test/reference/make_state_reset.py

Needs numpy. Weights are read from the archives without torch. The same code with its state carried
on must give the actions of stable-baselines3 in policies.expected.json, or nothing is written.
"""

import csv
import io
import json
import math
import pathlib
import pickle
import zipfile
from collections import OrderedDict

import numpy as np

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "fixtures" / "policies"
POLICIES = ["champion_lstm.zip", "target_lstm.zip"]


class Weights(pickle.Unpickler):
    """A state dict whose tensors are float32 arrays."""

    def __init__(self, archive):
        self.archive = archive
        (name,) = [n for n in archive.namelist() if n.endswith("data.pkl")]
        self.folder = name.removesuffix("data.pkl")
        super().__init__(io.BytesIO(archive.read(name)))

    def persistent_load(self, pid):
        return np.frombuffer(self.archive.read(f"{self.folder}data/{pid[2]}"), dtype="<f4")

    def find_class(self, module, name):
        if name == "OrderedDict":
            return OrderedDict
        if name == "_rebuild_tensor_v2":
            return lambda flat, offset, shape, *_: flat[
                offset : offset + math.prod(shape)
            ].reshape(shape)
        return None


def read_weights(path):
    with zipfile.ZipFile(path) as outer:
        with zipfile.ZipFile(io.BytesIO(outer.read("policy.pth"))) as inner:
            return Weights(inner).load()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def step(w, observation, state):
    """One bar: the index of the largest score, and the state after it."""
    h, c = state
    gates = (
        w["lstm_actor.weight_ih_l0"] @ observation
        + w["lstm_actor.bias_ih_l0"]
        + w["lstm_actor.weight_hh_l0"] @ h
        + w["lstm_actor.bias_hh_l0"]
    )
    i, f, g, o = np.split(gates, 4)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    x, layer = h, 0
    while f"mlp_extractor.policy_net.{layer}.weight" in w:
        name = f"mlp_extractor.policy_net.{layer}"
        x = np.tanh(w[f"{name}.weight"] @ x + w[f"{name}.bias"])
        layer += 2
    scores = w["action_net.weight"] @ x + w["action_net.bias"]
    return int(scores.argmax()), (h, c)


def rollout(w, market, columns, model, policy, reset):
    """Digits of the actions over a window, orders filled at the next open."""
    opens, closes, spreads = (market[name] for name in ("open", "close", "spread"))
    observations = np.stack([market[name] for name in columns], axis=1).astype(np.float32)
    size, fee = policy["size"], policy["fee"]
    cash, units, entry = float(policy["initialBalance"]), 0.0, math.nan
    hidden = w["lstm_actor.weight_hh_l0"].shape[1]
    zero = (np.zeros(hidden, np.float32), np.zeros(hidden, np.float32))
    state, actions = zero, []
    for t in range(len(closes) - 1):
        gain = 0.0
        if units != 0:
            gain = np.clip(units * (closes[t] - entry) / (cash + units * entry), -1, 1)
        account = {"position": np.sign(units), "unrealized": gain}
        extra = [account[name] for name in model["accountFeatures"]]
        observation = np.concatenate([observations[t], np.array(extra, np.float32)])
        action, state = step(w, observation, zero if reset else state)
        actions.append(action)
        side = np.sign(units)
        goal = {
            "hold": side,
            "buy": 1 if side == 0 else side,
            "sell": -1 if side == 0 else side,
            "close": 0,
            "flat": 0,
            "long": 1,
            "short": -1,
        }[model["actionNames"][action]]
        if goal != side:
            price = opens[t + 1]
            new = goal * size * (cash + units * price) / price
            cost = (abs(units) + abs(new)) * (price * fee + spreads[t + 1] / 2)
            cash -= (new - units) * price + cost
            units, entry = new, price
    return "".join(map(str, actions))


def main():
    expected = json.loads((HERE / "policies.expected.json").read_text())
    with open(FIXTURES / expected["dataset"]) as file:
        rows = list(csv.DictReader(file))
    out = {}
    for name in POLICIES:
        model = expected["models"][name]
        start, end = model["whole"]["start"], model["whole"]["end"]
        used = ["open", "close", "spread", *expected["features"]]
        market = {c: np.array([float(row[c]) for row in rows[start:end]]) for c in used}
        weights = read_weights(FIXTURES / name)
        arguments = (weights, market, expected["features"], model, expected["policy"])
        assert rollout(*arguments, reset=False) == model["whole"]["actions"], name
        out[name] = {"start": start, "end": end, "actions": rollout(*arguments, reset=True)}
    text = json.dumps(out, indent=2)
    (HERE / "state-reset.expected.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
