"""Writes score-histograms.expected.json: NumPy's histograms of the answers of metrics.expected.json.

Run with a Python that has NumPy, after make_metrics.py:

    python3 test/reference/make_score_histograms.py
"""

import json
import pathlib

import numpy as np

BINS = 20
HERE = pathlib.Path(__file__).parent


def histograms(case):
    """By class: counts of its own rows and of the rest; null where there is nothing to count."""
    if case["probabilities"] is None or None in case["probabilities"]:
        return None
    classes = case["classes"]
    truth = np.array(case["truth"])
    scores = np.array(case["probabilities"], float).reshape(-1, classes)
    edges = np.arange(BINS + 1) / BINS
    return [
        {
            "classIndex": label,
            "ofClass": np.histogram(scores[truth == label, label], edges)[0].tolist(),
            "ofRest": np.histogram(scores[truth != label, label], edges)[0].tolist(),
        }
        for label in range(1 if classes == 2 else 0, classes)
    ]


def main():
    cases = json.loads((HERE / "metrics.expected.json").read_text())["classification"]
    document = {
        "madeWith": {"numpy": np.__version__},
        "bins": BINS,
        "cases": {case["name"]: histograms(case) for case in cases},
    }
    (HERE / "score-histograms.expected.json").write_text(json.dumps(document) + "\n")


if __name__ == "__main__":
    main()
