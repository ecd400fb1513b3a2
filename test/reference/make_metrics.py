"""Writes metrics.expected.json: answers of made-up models, and what scikit-learn says of them.

Run with a Python that has scikit-learn 1.2 and SciPy (Debian: python3-sklearn):

    python3 test/reference/make_metrics.py

Numbers are drawn with fixed seeds. Inputs hold null where an answer is NaN. An expected value is
null where the figure is undefined; `notes` then says what scikit-learn does there.
"""

import json
import pathlib
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics as sk

warnings.simplefilter("ignore")
BINS = 15
CURVE_ROWS = 60  # Whole curves are written for cases of at most this many rows.


class Undefined(Exception):
    """The figure is undefined for Bakeoff, though scikit-learn may warn and set a number."""


def attempt(compute):
    """(value, None), or (None, why) where the figure is undefined."""
    try:
        value = float(compute())
    except Undefined as reason:
        return None, str(reason)
    except ValueError as error:
        return None, f"raises: {str(error).splitlines()[0][:120]}"
    return (value, None) if np.isfinite(value) else (None, f"gives {value}")


def one_vs_rest(truth, probabilities, score):
    """Macro mean of a binary score, over the classes for which scikit-learn defines it."""
    values = []
    for label in range(probabilities.shape[1]):
        positive = (truth == label).astype(int)
        if positive.any() and (score is sk.average_precision_score or not positive.all()):
            values.append(score(positive, probabilities[:, label]))
    if not values:
        raise Undefined("no class both occurs and has a rest")
    return np.mean(values)


def roc_auc(truth, probabilities):
    classes = probabilities.shape[1]
    if classes == 2:
        return sk.roc_auc_score(truth, probabilities[:, 1])
    if len(np.unique(truth)) == classes:
        return sk.roc_auc_score(
            truth, probabilities, multi_class="ovr", average="macro", labels=range(classes)
        )
    return one_vs_rest(truth, probabilities, sk.roc_auc_score)


def pr_auc(truth, probabilities):
    if probabilities.shape[1] == 2:
        if not (truth == 1).any():
            raise Undefined("warns that recall is meaningless, and sets 0")
        return sk.average_precision_score(truth, probabilities[:, 1])
    return one_vs_rest(truth, probabilities, sk.average_precision_score)


def brier(truth, probabilities):
    """scikit-learn 1.2 has the binary score; more classes by the definition of version 1.7."""
    if np.isnan(probabilities).any():
        raise ValueError("Input contains NaN.")
    classes = probabilities.shape[1]
    if classes == 2:
        return sk.brier_score_loss(truth, probabilities[:, 1], pos_label=1)
    return np.mean(np.sum((probabilities - np.eye(classes)[truth]) ** 2, axis=1))


def ece(truth, probabilities):
    """C. Guo et al. (2017): bins closed above. Not in scikit-learn."""
    if np.isnan(probabilities).any():
        raise ValueError("Input contains NaN.")
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    total = 0.0
    for index in range(BINS):
        inside = (confidence > index / BINS) & (confidence <= (index + 1) / BINS)
        if index == 0:
            inside |= confidence == 0
        if inside.any():
            total += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return total


def top5(truth, probabilities):
    classes = probabilities.shape[1]
    if classes <= 5:
        raise Undefined("warns that k >= classes, and gives 1")
    return sk.top_k_accuracy_score(truth, probabilities, k=5, labels=range(classes))


def no_probabilities():
    raise Undefined("needs probabilities")


def classification_case(name, classes, truth, predicted, probabilities):
    truth = np.asarray(truth, int)
    predicted = np.asarray(predicted, int)
    labels = list(range(classes))
    computations = {
        "accuracy": lambda: sk.accuracy_score(truth, predicted),
        "balancedAccuracy": lambda: sk.balanced_accuracy_score(truth, predicted),
        "precisionMacro": lambda: sk.precision_score(truth, predicted, average="macro"),
        "recallMacro": lambda: sk.recall_score(truth, predicted, average="macro"),
        "f1Macro": lambda: sk.f1_score(truth, predicted, average="macro"),
        "f1Micro": lambda: sk.f1_score(truth, predicted, average="micro"),
        "f1Weighted": lambda: sk.f1_score(truth, predicted, average="weighted"),
        "mcc": lambda: sk.matthews_corrcoef(truth, predicted),
        "cohenKappa": lambda: sk.cohen_kappa_score(truth, predicted),
    }
    if probabilities is not None:
        p = np.asarray(probabilities, float).reshape(-1, classes)
        computations |= {
            "logLoss": lambda: sk.log_loss(truth, p, labels=labels, eps=1e-15),
            "brier": lambda: brier(truth, p),
            "rocAuc": lambda: roc_auc(truth, p),
            "prAuc": lambda: pr_auc(truth, p),
            "top5Accuracy": lambda: top5(truth, p),
            "ece": lambda: ece(truth, p),
        }
    else:
        for key in ["logLoss", "brier", "rocAuc", "prAuc", "top5Accuracy", "ece"]:
            computations[key] = no_probabilities
    case = {"name": name, "classes": classes, "truth": truth, "predicted": predicted}
    case |= {"probabilities": None if probabilities is None else p.ravel()}
    case |= expectations(computations)
    case["confusion"] = sk.confusion_matrix(truth, predicted, labels=labels)
    table = sk.precision_recall_fscore_support(truth, predicted, labels=labels)
    case["perClass"] = dict(zip(["precision", "recall", "f1", "support"], table))
    if classes == 2 and 0 < truth.sum() < len(truth) <= CURVE_ROWS and probabilities is not None:
        if not np.isnan(p).any():
            case["curves"] = curves(truth, p[:, 1])
    return case


def curves(truth, score):
    fpr, tpr, _ = sk.roc_curve(truth, score, drop_intermediate=False)
    precision, recall, _ = sk.precision_recall_curve(truth, score)
    return {
        "roc": {"x": fpr, "y": tpr},
        "precisionRecall": {"x": recall[::-1], "y": precision[::-1]},
    }


def expectations(computations):
    expected, notes = {}, {}
    for key, compute in computations.items():
        expected[key], note = attempt(compute)
        if note is not None:
            notes[key] = note
    return {"expected": expected, "notes": notes}


def softmax_case(name, rows, classes, seed, weights=None, skill=1.5, temperature=1.0, digits=4):
    """Truth drawn by `weights`; scores lean towards it by `skill`; probabilities rounded."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(classes, rows, p=weights)
    logits = rng.normal(size=(rows, classes))
    logits[np.arange(rows), truth] += skill
    return classification_case(name, classes, truth, *rounded_softmax(logits / temperature, digits))


def rounded_softmax(logits, digits):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = np.round(p / p.sum(axis=1, keepdims=True), digits)
    top = p.argmax(axis=1)
    # The most probable class takes up the rounding, so that rows still sum to 1.
    p[np.arange(len(p)), top] = np.round(p[np.arange(len(p)), top] + 1 - p.sum(axis=1), digits)
    return p.argmax(axis=1), p


def binary(name, truth, second):
    second = np.asarray(second, float)
    p = np.stack([1 - second, second], axis=1)
    return classification_case(name, 2, truth, p.argmax(axis=1), p)


def by_hand(name, truth, probabilities):
    p = np.array(probabilities, float)
    return classification_case(name, p.shape[1], truth, np.nan_to_num(p).argmax(axis=1), p)


def classification_cases():
    imbalanced = [0.9, 0.07, 0.02, 0.01]
    nan_row = [[0.7, 0.2, 0.1], [np.nan] * 3, [0.1, 0.1, 0.8], [0.2, 0.5, 0.3]]
    absent_truth = [0, 1, 3, 0, 1, 3, 0, 1]
    absent_scores = np.full((8, 4), 0.1)
    absent_scores[np.arange(8), [0, 1, 3, 1, 1, 0, 0, 3]] = 0.7
    ties = np.random.default_rng(7)
    tied_truth = ties.integers(0, 2, 50)
    one_hot = np.eye(3)[[0, 1, 2, 2, 1, 0]]
    return [
        softmax_case("binary, 2,000 rows", 2000, 2, 1),
        softmax_case("binary, rare positives", 500, 2, 2, [0.97, 0.03]),
        softmax_case("3 classes, 2,000 rows", 2000, 3, 3),
        softmax_case("10 classes, 2,000 rows", 2000, 10, 4),
        softmax_case("4 classes, imbalanced", 1000, 4, 5, imbalanced),
        softmax_case("7 classes, overconfident", 400, 7, 6, temperature=0.2, digits=6),
        softmax_case("6 classes, many ties", 300, 6, 8, digits=1),
        softmax_case("5 classes", 50, 5, 10),
        softmax_case("12 classes, 30 rows", 30, 12, 9),
        binary("binary, tied scores", tied_truth, np.round(ties.random(50), 1)),
        binary("binary, all scores equal", [0, 1, 1, 0, 1], [0.5] * 5),
        binary("binary, perfect", [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]),
        binary("binary, reversed", [1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9]),
        binary("binary, certain and partly wrong", [0, 1, 0, 1, 1], [0, 1, 1, 0, 1]),
        binary("binary, nearly certain", [0, 1, 1], [1e-16, 1 - 1e-16, 1e-300]),
        binary("binary, truth all first class", [0, 0, 0], [0.2, 0.6, 0.1]),
        binary("binary, truth all second class", [1, 1, 1], [0.2, 0.6, 0.9]),
        binary("binary, truth and answers all first class", [0, 0, 0], [0.2, 0.3, 0.1]),
        binary("1 row, right", [1], [0.75]),
        binary("1 row, wrong", [0], [0.75]),
        binary("2 rows", [0, 1], [0.4, 0.35]),
        binary("binary, confidences on bin edges", [1, 0, 1, 0, 1, 1], [0.6, 0.8, 1, 0.4, 0.2, 0]),
        by_hand("3 classes, constant answer", [0, 1, 2, 1], [[0.2, 0.6, 0.2]] * 4),
        by_hand("3 classes, perfect and certain", one_hot.argmax(1), one_hot),
        by_hand(
            "3 classes, truth all one class",
            [2] * 4,
            [[0.1, 0.1, 0.8], [0.2, 0.2, 0.6], [0.5, 0.3, 0.2], [0.3, 0.3, 0.4]],
        ),
        by_hand("4 classes, one neither occurs nor is answered", absent_truth, absent_scores),
        by_hand(
            "3 classes, one answered but never occurs",
            [0, 1, 0, 1],
            [[0.6, 0.2, 0.2], [0.1, 0.2, 0.7], [0.3, 0.2, 0.5], [0.1, 0.7, 0.2]],
        ),
        by_hand(
            "3 classes, one occurs but is never answered",
            [0, 1, 2, 2],
            [[0.6, 0.2, 0.2], [0.1, 0.7, 0.2], [0.3, 0.5, 0.2], [0.4, 0.3, 0.3]],
        ),
        by_hand("3 classes, a row of NaN", [0, 1, 2, 1], nan_row),
        classification_case("3 classes, labels only", 3, [0, 1, 2, 2, 1], [0, 2, 2, 1, 1], None),
    ]


def regression_case(name, truth, predicted):
    truth = np.asarray(truth, float)
    predicted = np.asarray(predicted, float)

    def correlation(compute):
        if np.isnan(predicted).any():
            raise ValueError("Input contains NaN.")
        return compute(truth, predicted)[0]

    case = {"name": name, "truth": truth, "predicted": predicted}
    case |= expectations(
        {
            "mae": lambda: sk.mean_absolute_error(truth, predicted),
            "rmse": lambda: sk.mean_squared_error(truth, predicted, squared=False),
            "r2": lambda: sk.r2_score(truth, predicted),
            "medianAbsoluteError": lambda: sk.median_absolute_error(truth, predicted),
            "maxError": lambda: sk.max_error(truth, predicted),
            "mape": lambda: sk.mean_absolute_percentage_error(truth, predicted),
            "explainedVariance": lambda: sk.explained_variance_score(truth, predicted),
            "pearson": lambda: correlation(stats.pearsonr),
            "spearman": lambda: correlation(stats.spearmanr),
        }
    )
    if not np.isnan(predicted).any():
        case["ranks"] = stats.rankdata(predicted) if len(truth) <= CURVE_ROWS else None
        counts, edges = np.histogram(predicted - truth, bins=41)
        case["histogram"] = {"counts": counts, "edges": edges}
    return case


def regression_cases():
    rng = np.random.default_rng(11)
    truth = np.round(rng.normal(50, 20, 2000), 4)
    noisy = np.round(truth + rng.normal(0, 5, 2000), 4)
    heavy = np.round(rng.standard_t(2, 500), 5)
    levels = rng.integers(0, 5, 60).astype(float)
    ramp = np.arange(1.0, 11.0)
    return [
        regression_case("2,000 rows", truth, noisy),
        regression_case("heavy tails", heavy, np.round(0.5 * heavy + rng.standard_t(2, 500), 5)),
        regression_case("unrelated", truth[:300], np.round(rng.normal(0, 1, 300), 4)),
        regression_case("large offset", truth[:300] + 1e8, noisy[:300] + 1e8),
        regression_case("tiny values", truth[:100] * 2.0**-40, noisy[:100] * 2.0**-40),
        regression_case("many ties", levels, np.clip(levels + rng.integers(-1, 2, 60), 0, 4)),
        regression_case("perfect", ramp, ramp),
        regression_case("offset by one", ramp, ramp + 1),
        regression_case("reversed", ramp, ramp[::-1]),
        regression_case("rising but curved", ramp, ramp**3),
        regression_case("constant truth", [2.0] * 5, [1.0, 2.0, 3.0, 2.0, 2.5]),
        regression_case("constant truth, perfect", [2.0] * 5, [2.0] * 5),
        regression_case("constant truth, constant offset", [2.0] * 5, [3.0] * 5),
        regression_case("constant answer", ramp, [5.5] * 10),
        regression_case("zeros in the truth", [0.0, 1.0, 0.0, -2.0], [0.5, 1.5, 0.0, -1.0]),
        regression_case("negative values", [-3.0, -1.5, 2.0, 4.0], [-2.5, -2.0, 2.5, 3.0]),
        regression_case("1 row", [3.0], [2.5]),
        regression_case("2 rows", [1.0, 2.0], [1.5, 1.25]),
        regression_case("2 rows, equal answers", [1.0, 2.0], [1.5, 1.5]),
        regression_case("a NaN answer", [1.0, 2.0, 3.0], [1.0, np.nan, 3.0]),
    ]


def plain(value):
    """NumPy and NaN → what JSON has."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (bool, str)) or value is None:
        return value
    if isinstance(value, (int, np.integer)):
        return int(value)
    number = float(value)
    if not np.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def main():
    document = {
        "madeWith": {
            "scikit-learn": sklearn.__version__,
            "scipy": scipy.__version__,
            "numpy": np.__version__,
        },
        "classification": classification_cases(),
        "regression": regression_cases(),
    }
    target = pathlib.Path(__file__).with_name("metrics.expected.json")
    target.write_text(json.dumps(plain(document), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
