"""Writes images.expected.json: what Pillow and torchvision's arithmetic make of small images.

Sizes and corners are those of torchvision.transforms `Resize` and `CenterCrop`; pixels are Pillow's
`resize(..., BILINEAR)` and `convert("L")`; normalisation is `ToTensor` and `Normalize` in float32.
Needs numpy and Pillow. Run: python3 test/reference/make_images.py
"""

import base64
import json
import pathlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


def picture(width: int, height: int, seed: int) -> np.ndarray:
    """Gradients, an edge and noise, height x width x 3."""
    y, x = np.mgrid[0:height, 0:width]
    noise = np.random.default_rng(seed).integers(0, 60, (height, width))
    red = 255 * x // max(1, width - 1)
    green = 255 * y // max(1, height - 1)
    blue = np.where((x // 3 + y // 2) % 2 == 0, 230, 20)
    return np.clip(np.stack([red, green, blue], 2) + noise[..., None] - 30, 0, 255).astype(np.uint8)


def shorter_side(image: Image.Image, size: int) -> Image.Image:
    width, height = image.size
    short, long = (width, height) if width <= height else (height, width)
    longer = int(size * long / short)
    shape = (size, longer) if width <= height else (longer, size)
    return image.resize(shape, Image.BILINEAR)


def centre_crop(image: Image.Image, width: int, height: int) -> Image.Image:
    left = int(round((image.width - width) / 2.0))
    top = int(round((image.height - height) / 2.0))
    return image.crop((left, top, left + width, top + height))


def transform(pixels: np.ndarray, settings: dict) -> np.ndarray:
    image = Image.fromarray(pixels)
    if settings["channels"] == "grey":
        image = image.convert("L")
    if settings["resize"] == "exact":
        image = image.resize((settings["width"], settings["height"]), Image.BILINEAR)
    elif settings["resize"] == "shorter":
        image = shorter_side(image, settings["shorterSide"])
    image = centre_crop(image, settings["width"], settings["height"])
    levels = np.asarray(image)
    if levels.ndim == 2:
        levels = levels[..., None]
    if settings["channels"] == "bgr":
        levels = levels[..., ::-1]
    return levels


def normalise(levels: np.ndarray, settings: dict) -> np.ndarray:
    values = levels.astype(np.float32)
    if settings["scale"] == 1 / 255:
        values = values / np.float32(255)
    else:
        values = values * np.float32(settings["scale"])
    mean = np.asarray(settings["mean"], np.float32)
    std = np.asarray(settings["std"], np.float32)
    return (values - mean) / std


def settings(**changes) -> dict:
    mean, std = IMAGENET
    base = {
        "resize": "shorter", "shorterSide": 12, "width": 8, "height": 8, "layout": "nchw",
        "channels": "rgb", "scale": 1 / 255, "mean": mean, "std": std,
    }
    return {**base, **changes}


CASES = [
    ("wide, shorter side", (41, 23), settings()),
    ("high, shorter side, odd cut", (19, 37), settings(width=7, height=9, shorterSide=11)),
    ("enlarged", (5, 6), settings(layout="nhwc")),
    ("squeezed", (33, 17), settings(resize="exact", width=9, height=14, channels="bgr",
                                    mean=IMAGENET[0][::-1], std=IMAGENET[1][::-1])),
    ("as it is", (20, 11), settings(resize="none", width=10, height=11, scale=1.0,
                                    mean=[0.0] * 3, std=[1.0] * 3)),
    ("one axis alone", (16, 8), settings(resize="exact", scale=1 / 255, mean=[0.5] * 3,
                                         std=[0.5] * 3)),
    ("grey", (29, 31), settings(channels="grey", mean=[0.449], std=[0.226])),
    ("grey levels", (13, 9), settings(channels="grey", resize="exact", scale=2.0, mean=[10.0],
                                      std=[3.0], layout="nhwc")),
    ("tall and thin", (2, 90), settings(shorterSide=8)),
]


def main() -> None:
    cases = []
    for seed, (name, (width, height), chosen) in enumerate(CASES):
        pixels = picture(width, height, seed)
        levels = transform(pixels, chosen)
        values = normalise(levels, chosen)
        if chosen["layout"] == "nchw":
            levels, values = levels.transpose(2, 0, 1), values.transpose(2, 0, 1)
        assert values.dtype == np.float32
        cases.append({
            "name": name, "width": width, "height": height, "settings": chosen,
            "pixels": base64.b64encode(pixels.tobytes()).decode(),
            "levels": base64.b64encode(np.ascontiguousarray(levels).tobytes()).decode(),
            "values": base64.b64encode(np.ascontiguousarray(values).tobytes()).decode(),
        })
    (HERE / "images.expected.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
