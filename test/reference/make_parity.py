"""Writes parity.expected.json: figures of parity checks as NumPy computes them.

`cases` are made-up answers, drawn with fixed seeds; null stands for NaN, "inf" and "-inf" for infinities.
`digits` are the answers of ONNX Runtime itself (CPU) for digits_mlp.onnx and its quantised copy, rounded
to float32 as the file holds them.

    pip install numpy onnxruntime
    python3 test/reference/make_parity.py

onnxruntime 1.30.0, numpy 2.4.6.
"""

import csv
import json
from pathlib import Path

import numpy as np
import onnxruntime

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TOLERANCE = {"absolute": 1e-5, "relative": 1e-3}


def figures(reference: np.ndarray, answered: np.ndarray, tolerance=TOLERANCE) -> dict:
    """Of two float64 matrices of one shape; None where a figure is undefined."""
    same = (np.isnan(reference) & np.isnan(answered)) | (reference == answered)
    with np.errstate(invalid="ignore"):
        difference = np.where(same, 0.0, np.abs(answered - reference))
    is_sized = bool(np.isfinite(difference).all())
    finite = np.isfinite(reference) & np.isfinite(answered)
    a, b = reference[finite], answered[finite]
    rms = float(np.sqrt((difference**2).mean())) if is_sized else None
    spread = float(np.ptp(reference[np.isfinite(reference)])) if np.isfinite(reference).any() else 0
    norms = float(np.linalg.norm(a) * np.linalg.norm(b))
    close = np.isclose(
        answered, reference, rtol=tolerance["relative"], atol=tolerance["absolute"], equal_nan=True
    )
    return {
        "maxAbsDifference": float(difference.max()) if is_sized else None,
        "meanAbsDifference": float(difference.mean()) if is_sized else None,
        "rmsDifference": rms,
        "cosineSimilarity": float(a @ b) / norms if is_sized and norms > 0 else None,
        "psnr": 20 * float(np.log10(spread / rms)) if rms and spread > 0 else None,
        "topOneAgreement": agreement(reference, answered),
        "withinTolerance": float(close.all(axis=1).mean()),
    }


def agreement(reference: np.ndarray, answered: np.ndarray):
    """Rows with a NaN have a class of their own."""
    if reference.shape[1] < 2:
        return None

    def classes(scores):
        return np.where(np.isnan(scores).any(axis=1), -1, scores.argmax(axis=1))

    return float((classes(reference) == classes(answered)).mean())


def encoded(values: np.ndarray) -> list:
    def one(value: float):
        if np.isnan(value):
            return None
        return float(value) if np.isfinite(value) else ("inf" if value > 0 else "-inf")

    return [[one(value) for value in row] for row in values]


def made_up() -> list:
    draw = np.random.default_rng(7)
    cases = []

    def case(name, reference, answered, tolerance=TOLERANCE):
        reference, answered = np.asarray(reference, float), np.asarray(answered, float)
        cases.append(
            {
                "name": name,
                "tolerance": tolerance,
                "reference": encoded(reference),
                "answered": encoded(answered),
                "expected": figures(reference, answered, tolerance),
            }
        )

    # Few digits, so that the file stays small: figures are made of what is written.
    scores = np.round(draw.normal(size=(16, 5)) * 4, 3)
    case("noise on scores", scores, np.round(scores + draw.normal(size=scores.shape) * 0.5, 3))
    case("noise below the tolerance", scores, scores * (1 + 5e-4))
    case("a looser tolerance", scores, scores + 0.05, {"absolute": 0.06, "relative": 0.0})
    case("equal", scores, scores)
    case("single values", scores[:, :1], scores[:, :1] * 1.01)
    case("opposite", scores, -scores)
    case("far from zero", scores + 1e9, scores + 1e9 + 1e-3)
    case("tiny", scores * 1e-30, scores * 1.01e-30)
    broken = scores.copy()
    broken[3, 2] = np.nan
    case("NaN in one", scores, broken)
    case("NaN in both", broken, broken + 0.01)
    endless = scores.copy()
    endless[5, 1], endless[6, 0] = np.inf, -np.inf
    case("the same infinities", endless, endless * 1.0001)
    case("an infinity in one", endless, scores)
    case("a constant reference", np.full((6, 2), 0.5), np.full((6, 2), 0.25))
    case("zeros", np.zeros((4, 3)), np.zeros((4, 3)))
    case("zero against something", np.zeros((4, 3)), np.ones((4, 3)))
    case("one row", scores[:1], scores[:1] + 0.1)
    return cases


def digits() -> dict:
    with (ROOT / "public/demo/digits.csv").open() as file:
        rows = list(csv.DictReader(file))
    features = np.array([[float(row[f"px{i}"]) for i in range(64)] for row in rows], np.float32)

    def answers(path):
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        return session.run(None, {"features": features})[0].astype(float)

    reference = answers(ROOT / "public/demo/digits_mlp.onnx")
    answered = answers(ROOT / "test/fixtures/models/digits_mlp_int8.onnx")
    changed = np.flatnonzero(reference.argmax(axis=1) != answered.argmax(axis=1))
    largest = np.abs(answered - reference).max(axis=1)
    return {
        "rows": len(rows),
        "metrics": figures(reference, answered),
        "changedRows": [int(row) + 1 for row in changed],
        "worstRows": [int(row) + 1 for row in np.argsort(-largest, kind="stable")[:10]],
        "largest": [float(value) for value in np.sort(largest)[::-1][:10]],
    }


def wilson() -> list:
    """95 % intervals in closed form (Wilson 1927)."""
    z = 1.959963984540054
    table = []
    counts = [(0, 10), (10, 10), (7, 10), (621, 629), (628, 629), (629, 629), (1, 1_000_000)]
    for hits, rows in counts:
        share = hits / rows
        centre = (share + z * z / (2 * rows)) / (1 + z * z / rows)
        half = z / (1 + z * z / rows) * np.sqrt(share * (1 - share) / rows + z * z / (4 * rows**2))
        table.append({"hits": hits, "rows": rows, "interval": [centre - half, centre + half]})
    return table


def main() -> None:
    text = json.dumps({"cases": made_up(), "digits": digits(), "wilson": wilson()})
    (HERE / "parity.expected.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
