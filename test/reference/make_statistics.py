"""Writes statistics.expected.json: what SciPy and statsmodels say of the methods in src/statistics.

Run with a Python that has SciPy 1.17, statsmodels 0.15 and scikit-learn 1.9:

    python3 test/reference/make_statistics.py

Numbers are drawn with fixed seeds. DeLong's variance is computed here by its definition, over all
pairs of rows, as none of these libraries has it.
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import special, stats


def normal():
    z = [-37, -20, -8, -3, -1.5, -1, -0.1, 1e-10, 0, 0.5, 1, 2, 5, 8, 20]
    p = [1e-300, 1e-100, 1e-20, 1e-5, 0.025, 0.1, 0.3, 0.5, 0.7, 0.975, 0.999999]
    return {
        "values": [[x, stats.norm.cdf(x), stats.norm.sf(x)] for x in z],
        "quantiles": [[x, stats.norm.ppf(x)] for x in p],
    }


def incomplete_gamma():
    pairs = [(0.5, 1e-5), (0.5, 40), (2, 0.01), (1, 50), (16, 15.5), (500, 430), (500, 600)]
    pairs += [(5e5, 5.02e5), (5e5, 4.97e5)]
    return [[a, x, special.gammainc(a, x), special.gammaincc(a, x)] for a, x in pairs]


def main():
    reference = {
        "madeWith": {"scipy": scipy.__version__, "numpy": np.__version__},
        "normal": normal(),
        "incompleteGamma": incomplete_gamma(),
    }
    path = pathlib.Path(__file__).with_name("statistics.expected.json")
    path.write_text(json.dumps(reference, default=float) + "\n")


if __name__ == "__main__":
    main()
