"""Pickles as NumPy 2 and gymnasium write them, with what they mean, and a VecNormalize file.

    python3 test/reference/make_spaces.py

Needs gymnasium, cloudpickle and NumPy 2; the committed file was made with NumPy 2.4 and gymnasium
1.3. VecNormalize and RunningMeanStd are named like Stable-Baselines3's and hold what those save.
"""

import base64
import json
import pathlib
import pickle
import sys
import types

import cloudpickle
import numpy as np
from gymnasium import spaces

HERE = pathlib.Path(__file__).parent


def library_class(path):
    module_name, name = path.rsplit(".", 1)
    parts = module_name.split(".")
    for length in range(1, len(parts) + 1):
        package = ".".join(parts[:length])
        sys.modules.setdefault(package, types.ModuleType(package)).__path__ = []
    module = sys.modules[module_name]
    cls = type(name, (), {"__module__": module_name})
    setattr(module, name, cls)
    return cls


def instance(cls, **attributes):
    made = cls()
    made.__dict__.update(attributes)
    return made


def text(content):
    return base64.b64encode(content).decode()


VecNormalize = library_class("stable_baselines3.common.vec_env.vec_normalize.VecNormalize")
RunningMeanStd = library_class("stable_baselines3.common.running_mean_std.RunningMeanStd")

random = np.random.default_rng(3)
rows = random.normal(1.1, 0.002, (40, 4)).astype("f4")
rows[0] = [40, -40, 1.1, 1.1]
mean, var = rows[1:].mean(axis=0, dtype="f8"), rows[1:].var(axis=0, dtype="f8")
statistics = instance(RunningMeanStd, mean=mean, var=var, count=39.0)
normalize = instance(
    VecNormalize,
    num_envs=2,
    observation_space=spaces.Box(-np.inf, np.inf, (4,), np.float32),
    action_space=spaces.Discrete(3, seed=1),
    norm_obs=True,
    norm_obs_keys=None,
    obs_spaces=None,
    obs_rms=statistics,
    ret_rms=instance(RunningMeanStd, mean=np.float64(0), var=np.float64(1), count=1e-4),
    clip_obs=5.0,
    clip_reward=10.0,
    gamma=0.99,
    epsilon=1e-6,
    training=True,
    norm_reward=True,
    old_obs=rows[:2],
    old_reward=np.zeros(2),
    reset_infos=[{}, {}],
    _seeds=[None, None],
    _options=[{}, {}],
    metadata={"render_modes": []},
)
normalized = np.clip((rows - mean) / np.sqrt(var + 1e-6), -5.0, 5.0).astype("f4")

fortran = np.asfortranarray(np.arange(6, dtype="i4").reshape(2, 3))
arrays = {
    "float32": np.array([1.5, -np.inf], "f4"),
    "big-endian": np.array([1.5, 2.5], ">f8"),
    "fortran": fortran,
    "bool": np.array([True, False]),
    "int64 scalar": np.int64(-7),
    "uint8": np.arange(4, dtype="u1").reshape(2, 2),
    "empty": np.zeros((0, 3)),
}
box = spaces.Box(np.array([-1, 0], "f4"), np.array([1, 2], "f4"), seed=4)
box.sample()
shapes = {
    "Box": box,
    "Discrete": spaces.Discrete(4, seed=5, start=2),
    "MultiBinary": spaces.MultiBinary(3),
    "MultiDiscrete": spaces.MultiDiscrete([2, 3]),
    "image": spaces.Box(0, 255, (3, 8, 8), np.uint8),
    "Dict": spaces.Dict(a=box, b=spaces.Discrete(2)),
    "Tuple": spaces.Tuple((box,)),
}
(HERE / "pickles.numpy.json").write_text(
    json.dumps(
        {
            "arrays": {
                name: {
                    "pickles": [text(pickle.dumps(array, protocol)) for protocol in (2, 3, 4, 5)],
                    "shape": list(array.shape),
                    "values": [str(value) for value in np.asarray(array, "f8").flatten().tolist()],
                }
                for name, array in arrays.items()
            },
            "spaces": {name: text(cloudpickle.dumps(space)) for name, space in shapes.items()},
            "vecNormalize": {
                "pickle": text(pickle.dumps(normalize)),
                "mean": mean.tolist(),
                "variance": var.tolist(),
                "rows": rows.tolist(),
                "normalized": normalized.tolist(),
            },
        }
    )
)
