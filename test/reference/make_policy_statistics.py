"""Writes policy-statistics.expected.json: the statistics of policies and of many models, made anew.

Run with a Python that has NumPy, SciPy 1.17, pandas 3, statsmodels 0.15 and arch 8:

    python3 test/reference/make_policy_statistics.py

Where no library has a method it is computed here from the paper's definition, the long way: resamples
are drawn row by row, sums over lags and over halvings are written out. The resamples follow Bakeoff's
random generator (xoshiro128**), so that figures agree to rounding and not only in distribution.
"""

import itertools
import json
import math
import pathlib

import arch
import numpy as np
import pandas as pd
import scipy
import statsmodels
from arch.bootstrap import optimal_block_length
from scipy import stats
from statsmodels.tsa.stattools import acovf

MASK_32 = (1 << 32) - 1
MASK_64 = (1 << 64) - 1


class Xoshiro128StarStar:
    """Blackman & Vigna's reference in C, seeded by SplitMix64."""

    def __init__(self, seed):
        words = []
        for step in (1, 2):
            z = (seed + step * 0x9E3779B97F4A7C15) & MASK_64
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK_64
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK_64
            z ^= z >> 31
            words += [z & MASK_32, z >> 32]
        self.state = words

    def next(self):
        s = self.state
        turned = (s[1] * 5) & MASK_32
        turned = ((turned << 7) | (turned >> 25)) & MASK_32
        result = (turned * 9) & MASK_32
        shifted = (s[1] << 9) & MASK_32
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = ((s[3] << 11) | (s[3] >> 21)) & MASK_32
        return result

    def below(self, size):
        while True:
            product = self.next() * size
            if product & MASK_32 >= (1 << 32) % size:
                return product >> 32

    def uniform(self):
        return ((self.next() >> 5) * (1 << 26) + (self.next() >> 6)) / (1 << 53)


def series(rows, memory=0.0, drift=0.0, seed=0, tails=5):
    """Returns of an AR(1) with heavy tails, written with six decimals."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_t(tails, rows + 50) * 0.01
    values = np.zeros(rows + 50)
    for t in range(1, rows + 50):
        values[t] = memory * values[t - 1] + noise[t]
    return np.round(values[50:] + drift, 6)


def politis_white(x):
    """Politis & White (2004), section 3, with D = 2 g(0)^2 of the correction (2009)."""
    n = len(x)
    k_n = max(5, math.ceil(math.sqrt(math.log10(n))))
    m_max = math.ceil(math.sqrt(n)) + k_n
    r = acovf(x, adjusted=False, fft=False)
    rho = np.abs(r / r[0])
    threshold = 2 * math.sqrt(math.log10(n) / n)
    m = next(
        (
            m
            for m in range(1, m_max - k_n + 2)
            if (rho[m : m + k_n] < threshold).all() and m + k_n <= len(rho)
        ),
        m_max,
    )
    big_m = min(2 * m, m_max, n - 1)
    lags = np.arange(-big_m, big_m + 1)
    t = np.abs(lags) / big_m
    window = np.where(t <= 0.5, 1, 2 * (1 - t))
    autocovariance = r[np.abs(lags)]
    g = np.sum(window * np.abs(lags) * autocovariance)
    d = 2 * np.sum(window * autocovariance) ** 2
    longest = math.ceil(min(3 * math.sqrt(n), n / 3))
    return max(1, min((2 * g**2 / d) ** (1 / 3) * n ** (1 / 3), longest))


def block_lengths():
    wave = 0.05 * np.sin(np.arange(120) * np.pi / 4)
    cases = []
    for name, values in [
        ("white noise", series(300, seed=1)),
        ("some memory", series(500, memory=0.3, seed=2)),
        ("long memory", series(400, memory=0.9, seed=3, tails=30)),
        ("turning back", series(250, memory=-0.5, seed=4)),
        ("cut at the longest", np.round(wave + series(120, seed=5), 6)),
        ("short", series(20, memory=0.5, seed=6)),
    ]:
        cases.append(
            {
                "name": name,
                "values": values.tolist(),
                "politisWhite": politis_white(values),
                "arch": float(optimal_block_length(values)["stationary"].iloc[0]),
            }
        )
    return cases


def draw_blocks(rows, mean_length, random):
    """Politis & Romano (1994): (start, length) until the rows are full, the last one cut."""
    blocks, left = [], rows
    while left > 0:
        start = random.below(rows)
        length = 1
        u = 1 - random.uniform()
        if mean_length > 1:
            length += math.floor(math.log(u) / math.log1p(-1 / mean_length))
        blocks.append((start, min(length, left)))
        left -= length
    return blocks


def indices_of(blocks, rows):
    return np.concatenate([(start + np.arange(length)) % rows for start, length in blocks])


def sharpe(x):
    return x.mean() / x.std()


def influence(x):
    """Gradient of m/sqrt(s - m^2) in (m, s) times the deviations of (x, x^2) from their means."""
    m, s = x.mean(), (x**2).mean()
    variance = s - m**2
    gradient = (s / variance**1.5, -m / (2 * variance**1.5))
    return gradient[0] * (x - m) + gradient[1] * (x**2 - s)


def circular_error(values, mean_length):
    n = len(values)
    q = 1 - 1 / mean_length
    total = np.dot(values, values) / n
    k = 1
    while q**k > 1e-18 and q > 0:
        total += 2 * q**k * np.dot(values, np.roll(values, k)) / n
        k += 1
    return math.sqrt(total / n)


def sharpe_difference(first, second, mean_length, periods, seed, resamples):
    n = len(first)

    def measure(a, b):
        if b is None:
            return sharpe(a), influence(a)
        return sharpe(a) - sharpe(b), influence(a) - influence(b)

    difference, effect = measure(first, second)
    error = circular_error(effect, mean_length)
    random = Xoshiro128StarStar(seed)
    distances = []
    for _ in range(resamples):
        blocks = draw_blocks(n, mean_length, random)
        rows = indices_of(blocks, n)
        drawn, effect = measure(first[rows], None if second is None else second[rows])
        starts = np.cumsum([0] + [length for _, length in blocks[:-1]])
        sums = np.add.reduceat(effect, starts)
        distances.append(abs(drawn - difference) / (math.sqrt(np.sum(sums**2)) / n))
    distances = np.sort(distances)
    half = distances[math.ceil(0.95 * (resamples + 1)) - 1] * error
    scale = math.sqrt((n - 1) / n * periods)
    return {
        "difference": difference * scale,
        "interval": [(difference - half) * scale, (difference + half) * scale],
        "pValue": (1 + int(np.sum(distances >= abs(difference) / error))) / (resamples + 1),
    }


def sharpe_differences():
    common = series(260, memory=0.2, seed=11)
    pairs = [
        ("two of a market", common + series(260, seed=12), common + series(260, seed=13), 3.5),
        ("no blocks", series(150, seed=14), series(150, drift=0.003, seed=15), 1.0),
        ("long blocks", series(120, memory=0.6, seed=16), series(120, memory=0.4, seed=17), 17.25),
        ("one policy", series(200, drift=0.002, seed=18), None, 2.0),
    ]
    cases = []
    for seed, (name, first, second, mean_length) in enumerate(pairs):
        first = np.round(first, 6)
        second = None if second is None else np.round(second, 6)
        settings = {"periodsPerYear": 252, "seed": seed, "resamples": 520}
        cases.append(
            {
                "name": name,
                "first": first.tolist(),
                "second": None if second is None else second.tolist(),
                "settings": {"blockLength": mean_length, **settings},
                "expected": sharpe_difference(first, second, mean_length, 252, seed, 520),
            }
        )
    return cases


def resample():
    rows, mean_length, seed = 40, 5.0, 3
    blocks = draw_blocks(rows, mean_length, Xoshiro128StarStar(seed))
    return {
        "rows": rows,
        "meanLength": mean_length,
        "seed": seed,
        "indices": indices_of(blocks, rows).tolist(),
    }


def psr(ratio, benchmark, rows, skewness, kurtosis):
    variance = 1 - skewness * ratio + (kurtosis - 1) / 4 * ratio**2
    return stats.norm.cdf((ratio - benchmark) * math.sqrt(rows - 1) / math.sqrt(variance))


def sharpe_probabilities():
    policies = [series(252, drift=d, seed=s) for d, s in [(0.002, 21), (0, 22), (-0.001, 23)]]
    ratios = [float(x.mean() / x.std(ddof=1)) for x in policies]
    trials, gamma = len(ratios), np.euler_gamma
    best = math.sqrt(np.var(ratios, ddof=1)) * (
        (1 - gamma) * stats.norm.ppf(1 - 1 / trials)
        + gamma * stats.norm.ppf(1 - 1 / (trials * math.e))
    )
    cases = []
    for x, ratio in zip(policies, ratios):
        moments = (float(pd.Series(x).skew()), float(pd.Series(x).kurt() + 3))
        cases.append(
            {
                "returns": x.tolist(),
                "sharpe": ratio,
                "skewness": moments[0],
                "kurtosis": moments[1],
                "psr": psr(ratio, 0, len(x), *moments),
                "dsr": psr(ratio, best, len(x), *moments),
            }
        )
    return cases


def half_sharpe(x):
    mean = np.round(x.mean(axis=0), 15)
    deviation = x.std(axis=0)
    steady = deviation < 1e-14
    # A constant half: 0 if it neither won nor lost, else infinite.
    infinite = np.select([mean > 0, mean < 0], [np.inf, -np.inf], 0)
    return np.where(steady, infinite, mean / np.where(steady, 1, deviation))


def overfitting(matrix, splits):
    """Bailey et al. (2017), section 2: the oldest rows that fill no block are dropped."""
    rows, policies = matrix.shape
    blocks = np.split(matrix[rows % splits :], splits)
    logits, losses = [], []
    for half in itertools.combinations(range(splits), splits // 2):
        inside = half_sharpe(np.concatenate([blocks[i] for i in half]))
        outside = half_sharpe(np.concatenate([blocks[i] for i in range(splits) if i not in half]))
        winners = np.isclose(inside, inside.max(), rtol=0, atol=1e-12)
        omega = stats.rankdata(np.round(outside, 12))[winners].mean() / (policies + 1)
        logits.append(math.log(omega / (1 - omega)))
        losses.append((outside[winners] < 0).mean())
    logits = np.array(logits)
    return {
        "splits": splits,
        "barsPerSplit": rows // splits,
        "probability": float((logits <= 0).mean()),
        "probabilityOfLoss": float(np.mean(losses)),
        "sortedLogits": np.sort(logits)[:: max(1, len(logits) // 20)].tolist(),
    }


def overfittings():
    def columns(rows, drifts, seed):
        return [series(rows, drift=drift, seed=seed + i) for i, drift in enumerate(drifts)]

    idle = np.zeros(165)
    idle[100:103] = [0.01, -0.02, 0.015]
    cases = [
        ("five policies, 16 blocks", columns(163, [0.001, 0, 0, -0.001, 0.0005], 31), 16),
        ("eight blocks, two rows left over", columns(82, [0, 0, 0, 0], 41), 8),
        ("one seldom trades, one never", [*columns(165, [0, 0], 51), idle, idle * 0], 10),
    ]
    return [
        {
            "name": name,
            "returns": [x.tolist() for x in policies],
            "expected": overfitting(np.column_stack(policies), splits),
        }
        for name, policies, splits in cases
    ]


def friedman():
    rng = np.random.default_rng(61)
    strong = rng.normal(size=(4, 12)) + np.array([[0], [0.5], [1], [2]])
    tied = np.round(rng.normal(size=(5, 9)) + np.arange(5)[:, None] * 0.3, 0)
    cases = []
    for name, scores in [("no ties", np.round(strong, 6)), ("many ties", tied)]:
        models, windows = scores.shape
        result = stats.friedmanchisquare(*scores)
        critical = stats.studentized_range.ppf(0.95, models, np.inf)
        chi = float(result.statistic)
        f = (windows - 1) * chi / (windows * (models - 1) - chi)
        ranks = np.mean([stats.rankdata(-scores[:, w]) for w in range(windows)], axis=0)
        unit = math.sqrt(models * (models + 1) / (12 * windows))
        cases.append(
            {
                "name": name,
                "scores": scores.tolist(),
                "averageRanks": ranks.tolist(),
                "chiSquared": {"statistic": chi, "pValue": float(result.pvalue)},
                "imanDavenport": {
                    "statistic": f,
                    "pValue": float(stats.f.sf(f, models - 1, (models - 1) * (windows - 1))),
                },
                "criticalDifference": float(critical * unit),
                "firstAgainstLast": float(
                    stats.studentized_range.sf(abs(ranks[0] - ranks[-1]) / unit, models, np.inf)
                ),
            }
        )
    return cases


def studentized_range():
    groups = [2, 3, 5, 10, 20, 50]
    return {
        "cdf": [
            [q, k, float(stats.studentized_range.cdf(q, k, np.inf))]
            for q in (0.5, 2, 3.5, 6)
            for k in groups
        ],
        "quantiles": [
            [p, k, float(stats.studentized_range.ppf(p, k, np.inf))]
            for p in (0.1, 0.9, 0.95, 0.99)
            for k in groups
        ],
    }


def main():
    reference = {
        "madeWith": {
            library.__name__: library.__version__ for library in (np, scipy, pd, statsmodels, arch)
        },
        "blockLengths": block_lengths(),
        "resample": resample(),
        "sharpeDifferences": sharpe_differences(),
        "sharpeProbabilities": sharpe_probabilities(),
        "overfittings": overfittings(),
        "friedman": friedman(),
        "studentizedRange": studentized_range(),
    }
    path = pathlib.Path(__file__).with_name("policy-statistics.expected.json")
    path.write_text(json.dumps(reference, default=float, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
