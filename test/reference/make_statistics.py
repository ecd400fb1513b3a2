"""Writes statistics.expected.json: what SciPy, statsmodels and scikit-learn say of src/statistics.

Run with a Python that has SciPy 1.17, statsmodels 0.15 and scikit-learn 1.9:

    python3 test/reference/make_statistics.py

Numbers are drawn with fixed seeds. What none of these libraries has is computed here by its
definition, as plainly as can be: DeLong's variance over all pairs of rows, the Diebold-Mariano
statistic, mid-p, BCa's percentiles; the random generator in whole numbers of any size.
"""

import json
import pathlib
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy import special, stats
from sklearn import metrics as sk
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

warnings.simplefilter("ignore")
RESAMPLES = 250


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


def incomplete_beta():
    cases = [(0.5, 0.5, 0.1), (2, 3, 0.4), (13, 13, 0.5), (1, 1, 0.999), (300, 0.5, 0.99)]
    cases += [(5, 2000, 1e-4), (1e4, 1e4, 0.51), (1e4, 1e4, 0.49), (40, 60, 0.1), (0.1, 7, 1e-9)]
    return [[a, b, x, special.betainc(a, b, x), special.betaincc(a, b, x)] for a, b, x in cases]


def student_t():
    cases = [(t, df) for df in [1, 2, 5, 28.5, 628, 1e6] for t in [-3, 0, 0.7, 2, 12, 60]]
    values = [[t, df, stats.t.sf(t, df)] for t, df in cases if stats.t.sf(t, df) > 0]
    # Very near 0 SciPy's own t is right to 1e-8 only; with one degree of freedom it is Cauchy's.
    return [*values, [1e-8, 1, stats.cauchy.sf(1e-8)]]


def binomial():
    cases = [(0, 9, 0.5), (1, 8, 0.5), (8, 8, 0.5), (7, 24, 0.5), (400, 1000, 0.5), (3, 5000, 1e-3)]
    cases += [(495_000, 1_000_000, 0.5), (100, 1000, 0.5)]
    return [[k, n, p, stats.binom.pmf(k, n, p), stats.binom.cdf(k, n, p)] for k, n, p in cases]


def chi_squared():
    cases = [(x, df) for df in [1, 2, 7, 100] for x in [1e-6, 0.5, 3, 40, 250]]
    return [[x, df, stats.chi2.cdf(x, df), stats.chi2.sf(x, df)] for x, df in cases]


class Generator:
    """xoshiro128** from the words of SplitMix64, after the authors' C code."""

    def __init__(self, seed):
        words = []
        for step in (1, 2):
            z = (seed + step * 0x9E3779B97F4A7C15) % 2**64
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % 2**64
            z ^= z >> 31
            words += [z % 2**32, z >> 32]
        self.s = words

    def next(self):
        def rotl(x, k):
            return ((x << k) | (x >> (32 - k))) % 2**32

        s = self.s
        result = rotl(s[1] * 5 % 2**32, 7) * 9 % 2**32
        t = (s[1] << 9) % 2**32
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)
        return result

    def below(self, size):
        while True:
            product = self.next() * size
            if product % 2**32 >= 2**32 % size:
                return product >> 32


def generator():
    cases = []
    for seed in [0, 1, 42, 2**53 - 1]:
        plain, bounded = Generator(seed), Generator(seed)
        cases.append(
            {
                "seed": seed,
                "words": [plain.next() for _ in range(12)],
                "below": [[size, bounded.below(size)] for size in [3, 10, 2**20 + 1, 3 * 2**20] * 3],
            }
        )
    # A seed of SplitMix64 whose outputs are published: 1234567 gives 6457827717110365317 first.
    assert Generator(1234567).s[0] + (Generator(1234567).s[1] << 32) == 6457827717110365317
    return cases


def mcnemar_cases():
    cases = []
    for b, c in [(0, 0), (1, 7), (12, 12), (3, 21), (0, 9), (30, 12), (40, 40), (700, 610), (1, 90)]:
        n = b + c
        exact = mcnemar([[0, b], [c, 0]], exact=True).pvalue if n else 1.0
        mid = 2 * stats.binom.cdf(min(b, c), n, 0.5) - stats.binom.pmf(min(b, c), n, 0.5)
        cases.append([b, c, exact if n < 25 else min(1, mid)])
    return cases


def delong_cases():
    rng = np.random.default_rng(11)
    cases = []
    for rows, decimals in [(12, 3), (60, 1), (200, 6)]:
        truth = (rng.random(rows) < 0.4).astype(int)
        truth[:2], truth[2:4] = 1, 0
        first = np.round(truth * 0.6 + rng.normal(size=rows), decimals)
        second = np.round(truth * 1.2 + 0.5 * first + rng.normal(size=rows), decimals)
        cases.append({"truth": truth, "first": first, "second": second, **delong(truth, first, second)})
    return cases


def delong(truth, first, second):
    """By the definition of DeLong et al. (1988), with every pair of a positive and a negative."""
    v10, v01, areas = [], [], []
    for score in (first, second):
        positive, negative = score[truth == 1], score[truth == 0]
        wins = (positive[:, None] > negative) + 0.5 * (positive[:, None] == negative)
        areas.append(wins.mean())
        v10.append(wins.mean(axis=1))
        v01.append(wins.mean(axis=0))
        assert np.isclose(areas[-1], sk.roc_auc_score(truth, score))
    covariance = np.cov(v10) / len(v10[0]) + np.cov(v01) / len(v01[0])
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    z = (areas[0] - areas[1]) / np.sqrt(variance)
    return {"areas": areas, "covariance": covariance, "z": z, "p": 2 * stats.norm.sf(abs(z))}


def diebold_mariano_cases():
    rng = np.random.default_rng(5)
    cases = []
    for rows, horizon, shift in [(40, 1, 0.5), (200, 7, 0.3), (30, 4, 0), (3, 1, 1), (25, 20, 0)]:
        noise = rng.normal(size=rows + 3)
        differences = shift + noise[3:] + 0.6 * noise[2:-1] + 0.3 * noise[1:-2]
        if horizon == 4:
            differences = np.where(np.arange(rows) % 2, 1.0, -1.0) + 0.05 * differences
        cases.append({"differences": differences, "horizon": horizon, **dm(differences, horizon)})
    assert any(case["isFallback"] for case in cases)
    return cases


def dm(d, horizon):
    n = len(d)

    def gamma(lag):
        return np.sum((d[lag:] - d.mean()) * (d[: n - lag] - d.mean())) / n

    h = horizon
    variance = (gamma(0) + 2 * sum(gamma(lag) for lag in range(1, h))) / n
    is_fallback = variance <= 0
    if is_fallback:
        h, variance = 1, gamma(0) / n
    statistic = d.mean() / np.sqrt(variance) * np.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n)
    return {
        "statistic": statistic,
        "p": 2 * stats.t.sf(abs(statistic), n - 1),
        "isFallback": bool(is_fallback),
    }


def wilcoxon_cases():
    rng = np.random.default_rng(3)
    cases = []
    for rows, decimals, shift in [(5, 9, 0), (12, 9, 0.5), (50, 9, 0.3), (51, 9, 0.3), (30, 1, 0.2), (400, 1, 0.1), (9, 0, 1)]:
        differences = np.round(shift + rng.normal(size=rows), decimals)
        given = differences[differences != 0]
        is_exact = len(given) <= 50 and len(np.unique(np.abs(given))) == len(given)
        result = stats.wilcoxon(
            given,
            zero_method="wilcox",
            correction=False,
            method="exact" if is_exact else "asymptotic",
        )
        cases.append(
            {"differences": differences, "statistic": result.statistic, "p": result.pvalue, "isExact": is_exact}
        )
    return cases


def holm_cases():
    families = [[0.01, 0.04, 0.03, 0.005], [0.2], [0.5, 0.9, 0.5], [0.001, 0.001, 0.04, 0.05, 1]]
    return [[family, multipletests(family, method="holm")[1]] for family in families]


def draws(rows, seed):
    generator = Generator(seed)
    return [np.array([generator.below(rows) for _ in range(rows)]) for _ in range(RESAMPLES)]


def percentile_interval(figures):
    return np.quantile(figures, [0.025, 0.975])


def bca_interval(figures, values):
    """BCa by Efron and Tibshirani (1993), chapter 14, for the mean of `values`."""
    estimate = values.mean()
    # Figures that are one share may differ by rounding.
    is_tie = np.abs(figures - estimate) < 1e-9 * np.ptp(figures)
    below = np.mean((figures < estimate) & ~is_tie) + np.mean(is_tie) / 2
    bias = stats.norm.ppf(below)
    n = len(values)
    jackknife = (values.sum() - values) / (n - 1)
    d = jackknife.mean() - jackknife
    acceleration = np.sum(d**3) / (6 * np.sum(d**2) ** 1.5)
    z = bias + stats.norm.ppf([0.025, 0.975])
    return np.quantile(figures, stats.norm.cdf(bias + z / (1 - acceleration * z)))


def ece(truth, probabilities):
    confidence = probabilities.max(axis=1)
    hit = probabilities.argmax(axis=1) == truth
    bins = np.minimum((confidence * 15).astype(int), 14)
    return sum(abs(np.sum((hit - confidence)[bins == b])) for b in range(15)) / len(truth)


def ovr(truth, probabilities, score):
    if probabilities.shape[1] == 2:
        return score(truth, probabilities[:, 1])
    return np.mean([score(truth == c, probabilities[:, c]) for c in np.unique(truth)])


def classification_figures(truth, predicted, probabilities):
    labels = np.unique(np.concatenate([truth, predicted]))
    macro = {"average": "macro", "labels": labels, "zero_division": 0}
    classes = probabilities.shape[1]
    squares = (probabilities - np.eye(classes)[truth]) ** 2
    return {
        "accuracy": sk.accuracy_score(truth, predicted),
        "balancedAccuracy": sk.balanced_accuracy_score(truth, predicted),
        "precisionMacro": sk.precision_score(truth, predicted, **macro),
        "recallMacro": sk.recall_score(truth, predicted, **macro),
        "f1Macro": sk.f1_score(truth, predicted, **macro),
        "f1Micro": sk.f1_score(truth, predicted, average="micro"),
        "f1Weighted": sk.f1_score(truth, predicted, average="weighted"),
        "mcc": sk.matthews_corrcoef(truth, predicted),
        "cohenKappa": sk.cohen_kappa_score(truth, predicted),
        "logLoss": -np.mean(np.log(probabilities[np.arange(len(truth)), truth])),
        "brier": squares[:, 1].mean() if classes == 2 else squares.sum(axis=1).mean(),
        "rocAuc": ovr(truth, probabilities, sk.roc_auc_score),
        "prAuc": ovr(truth, probabilities, sk.average_precision_score),
        "ece": ece(truth, probabilities),
    }


def row_values(truth, predicted, probabilities):
    """Metrics that are means, as the values whose mean they are."""
    classes = probabilities.shape[1]
    squares = (probabilities - np.eye(classes)[truth]) ** 2
    right = (truth == predicted).astype(float)
    return {
        "accuracy": right,
        "f1Micro": right,
        "logLoss": -np.log(probabilities[np.arange(len(truth)), truth]),
        "brier": squares[:, 1] if classes == 2 else squares.sum(axis=1),
    }


def classification_case(classes, rows, seed):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, classes, rows)
    models = []
    for strength in (1.2, 1.6):
        logits = np.round(strength * np.eye(classes)[truth] + rng.normal(size=(rows, classes)), 1)
        probabilities = special.softmax(logits, axis=1)
        models.append((probabilities.argmax(axis=1), probabilities))
    samples = draws(rows, seed)
    figures = [
        [classification_figures(truth[i], predicted[i], probabilities[i]) for i in samples]
        for predicted, probabilities in models
    ]
    means = [row_values(truth, *model) for model in models]
    return {
        "classes": classes,
        "truth": truth,
        "seed": seed,
        "resamples": RESAMPLES,
        "models": [
            {"predicted": predicted, "probabilities": probabilities.ravel()}
            for predicted, probabilities in models
        ],
        **summary(figures, means),
    }


def summary(figures, means):
    """First figures, intervals of both models, and those of the second minus the first."""
    intervals, differences = [{}, {}], {}
    for name in figures[0][0]:
        columns = [np.array([figure[name] for figure in model]) for model in figures]
        for model in (0, 1):
            intervals[model][name] = (
                bca_interval(columns[model], means[model][name])
                if name in means[model]
                else percentile_interval(columns[model])
            )
        change = columns[1] - columns[0]
        differences[name] = (
            bca_interval(change, means[1][name] - means[0][name])
            if name in means[0]
            else percentile_interval(change)
        )
    return {
        "firstFigures": [model[:3] for model in figures],
        "intervals": intervals,
        "differences": differences,
    }


def regression_figures(truth, predicted):
    return {
        "mae": sk.mean_absolute_error(truth, predicted),
        "rmse": sk.root_mean_squared_error(truth, predicted),
        "r2": sk.r2_score(truth, predicted),
        "medianAbsoluteError": sk.median_absolute_error(truth, predicted),
        "mape": sk.mean_absolute_percentage_error(truth, predicted),
        "explainedVariance": sk.explained_variance_score(truth, predicted),
        "pearson": stats.pearsonr(truth, predicted)[0],
        "spearman": stats.spearmanr(truth, predicted)[0],
    }


def regression_case(rows, seed):
    rng = np.random.default_rng(seed)
    truth = np.round(50 + 10 * rng.normal(size=rows), 1)
    answers = [np.round(truth + scale * rng.normal(size=rows), 2) for scale in (6.0, 5.0)]
    samples = draws(rows, seed)
    figures = [[regression_figures(truth[i], predicted[i]) for i in samples] for predicted in answers]
    means = [
        {
            "mae": np.abs(predicted - truth),
            "mape": np.abs(predicted - truth) / np.abs(truth),
        }
        for predicted in answers
    ]
    return {
        "truth": truth,
        "seed": seed,
        "resamples": RESAMPLES,
        "models": [{"predicted": predicted} for predicted in answers],
        **summary(figures, means),
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    number = float(value)
    assert np.isfinite(number)
    return int(number) if number.is_integer() and abs(number) <= 2**53 else number


def main():
    reference = {
        "madeWith": {
            library.__name__: library.__version__.replace(".", "-")
            for library in (np, scipy, sklearn, statsmodels)
        },
        "normal": normal(),
        "incompleteGamma": incomplete_gamma(),
        "incompleteBeta": incomplete_beta(),
        "studentT": student_t(),
        "binomial": binomial(),
        "chiSquared": chi_squared(),
        "generator": generator(),
        "mcnemar": mcnemar_cases(),
        "delong": delong_cases(),
        "dieboldMariano": diebold_mariano_cases(),
        "wilcoxon": wilcoxon_cases(),
        "holm": holm_cases(),
        "classification": [classification_case(2, 150, 3), classification_case(4, 150, 4)],
        "regression": [regression_case(120, 9)],
    }
    versions = reference.pop("madeWith")
    document = {
        "madeWith": {name: version.replace("-", ".") for name, version in versions.items()},
        **plain(reference),
    }
    path = pathlib.Path(__file__).with_name("statistics.expected.json")
    path.write_text(json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
