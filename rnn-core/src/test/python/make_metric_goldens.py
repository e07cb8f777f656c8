"""Makes sklearn_metrics.json and scipy_statistics.json: what scikit-learn and SciPy say of predictions."""

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics
from sklearn.calibration import calibration_curve

from golden_file import write

LAYOUT = "probabilities [rows][classes]; confusion [label][predicted]; values of classes in their order"
BINS = 15


def rounded(probabilities, decimals):
    """Few decimals make ties; the last class takes what rounding leaves."""
    steps = 10**decimals
    probabilities = np.floor(probabilities * steps) / steps
    probabilities[:, -1] = np.round(1 - probabilities[:, :-1].sum(axis=1), decimals)
    return probabilities


def drawn(seed, rows, classes, skill, decimals, shares=None):
    """Labels and probabilities that know a little of them."""
    generator = np.random.default_rng(seed)
    labels = generator.choice(classes, rows, p=shares)
    logits = generator.normal(0, 1, (rows, classes))
    logits[np.arange(rows), labels] += skill
    exponents = np.exp(logits)
    return labels, rounded(exponents / exponents.sum(axis=1, keepdims=True), decimals)


def rates(labels, predicted, classes):
    values = metrics.precision_recall_fscore_support(labels, predicted, labels=classes, zero_division=0)
    return dict(zip(("precision", "recall", "f1", "support"), values))


def averaged(labels, predicted, average):
    values = metrics.precision_recall_fscore_support(labels, predicted, average=average, zero_division=0)
    return dict(zip(("precision", "recall", "f1"), values))


def bins_of_class(labels, probabilities, bins):
    frequencies, means = calibration_curve(labels, probabilities, n_bins=bins)
    return {"bins": bins, "frequencies": frequencies, "means": means}


def confidence_error(labels, probabilities):
    """Guo et al. 2017, over the bins of scikit-learn's calibration_curve."""
    correct = probabilities.argmax(axis=1) == labels
    confidence = probabilities.max(axis=1)
    frequencies, means = calibration_curve(correct, confidence, n_bins=BINS)
    edges = np.linspace(0, 1, BINS + 1)
    counts = np.bincount(np.searchsorted(edges[1:-1], confidence), minlength=BINS)
    counts = counts[counts > 0]
    return float((counts * np.abs(frequencies - means)).sum() / len(labels))


def curves(labels, scores):
    rates_false, rates_true, thresholds = metrics.roc_curve(labels, scores)
    precision, recall, at = metrics.precision_recall_curve(labels, scores)
    order = slice(None, None, -1)
    return {
        # The first threshold is infinite, which JSON has no number for.
        "roc": np.column_stack([thresholds[1:], rates_false[1:], rates_true[1:]]),
        # The last point, precision 1 at recall 0, is scikit-learn's addition. From the greatest threshold down.
        "precisionRecall": np.column_stack([at, recall[:-1], precision[:-1]])[order],
        "rocAuc": metrics.roc_auc_score(labels, scores),
        "averagePrecision": metrics.average_precision_score(labels, scores),
    }


def case(name, labels, probabilities):
    labels = np.asarray(labels)
    probabilities = np.asarray(probabilities, dtype=np.float64)
    classes = np.arange(probabilities.shape[1])
    predicted = probabilities.argmax(axis=1)
    values = {
        "name": name,
        "probabilities": probabilities,
        "labels": labels,
        "accuracy": metrics.accuracy_score(labels, predicted),
        "confusion": metrics.confusion_matrix(labels, predicted, labels=classes),
        "classes": rates(labels, predicted, classes),
        "macro": averaged(labels, predicted, "macro"),
        "micro": averaged(labels, predicted, "micro"),
        "logLoss": metrics.log_loss(labels, probabilities, labels=classes),
        "calibrationError": confidence_error(labels, probabilities),
    }
    if len(classes) == 2:
        values["brierScore"] = metrics.brier_score_loss(labels, probabilities[:, 1], pos_label=1)
        values["calibration"] = bins_of_class(labels, probabilities[:, 1], 10)
        if len(set(labels)) == 2:
            values["curves"] = curves(labels, probabilities[:, 1])
    else:
        values["brierScore"] = metrics.brier_score_loss(labels, probabilities, labels=classes)
        if len(set(labels)) == len(classes):
            values["rocAuc"] = metrics.roc_auc_score(labels, probabilities, multi_class="ovr", average="macro")
            values["averagePrecision"] = metrics.average_precision_score(labels, probabilities, average="macro")
    return values


def metric_cases():
    return [
        case("two classes with ties", *drawn(1, 80, 2, 1.0, 1)),
        case("two classes without ties", *drawn(2, 60, 2, 0.5, 6)),
        case("few of class 1", *drawn(3, 90, 2, 1.0, 2, [0.9, 0.1])),
        case("three classes", *drawn(4, 90, 3, 1.0, 2)),
        case("five classes with ties", *drawn(5, 120, 5, 0.7, 1)),
        case("perfect and certain", [0, 1, 1, 0], [[1, 0], [0, 1], [0, 1], [1, 0]]),
        case("certain and wrong", [0, 1, 1, 0], [[0, 1], [1, 0], [0, 1], [1, 0]]),
        case("all the same probability", [0, 1, 1, 0, 1], [[0.5, 0.5]] * 5),
        case("class 1 never predicted", [0, 1, 1, 0, 0], [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4], [0.95, 0.05]]),
        case("class 1 absent", [0, 0, 0], [[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]]),
        case("class 2 absent and never predicted", [0, 1, 0, 1], [[0.7, 0.2, 0.1], [0.6, 0.3, 0.1], [0.5, 0.3, 0.2], [0.1, 0.8, 0.1]]),
        case("class 2 absent but predicted", [0, 1, 0, 1], [[0.7, 0.2, 0.1], [0.1, 0.2, 0.7], [0.5, 0.3, 0.2], [0.1, 0.8, 0.1]]),
        case("one row", [1], [[0.25, 0.75]]),
    ]


def wilson(successes, trials, level):
    bounds = stats.binomtest(successes, trials).proportion_ci(level, method="wilson")
    return {"successes": successes, "trials": trials, "level": level, "lower": bounds.low, "upper": bounds.high}


def mcnemar(rows, first, second):
    total = first + second
    value = stats.binomtest(min(first, second), total, 0.5).pvalue if total else 1.0
    z = stats.norm.ppf(0.975)
    p, q = (first + 1) / (rows + 2), (second + 1) / (rows + 2)
    half = z * np.sqrt((p + q - (p - q) ** 2) / (rows + 2))
    bounds = {"lower": max(-1, p - q - half), "upper": min(1, p - q + half)}  # Bonett and Price 2012.
    return {"rows": rows, "onlyFirst": first, "onlySecond": second, "pValue": value} | bounds


def percentiles(seed, count):
    values = np.round(np.random.default_rng(seed).normal(0, 1, count), 3)
    shares = [0.0, 0.025, 0.05, 0.5, 0.9, 0.975, 1.0]
    return {"values": values, "shares": shares, "percentiles": np.percentile(values, [100 * share for share in shares])}


def statistics_cases():
    shares = [(0, 1), (1, 1), (0, 10), (10, 10), (3, 10), (1, 50), (2207, 2500), (24_999, 25_000), (812_345, 1_600_000)]
    pairs = [(100, 0, 0), (1, 0, 1), (10, 0, 5), (10, 3, 4), (50, 2, 11), (100, 10, 10), (500, 15, 37), (2500, 131, 94)]
    pairs += [(2500, 200, 120), (25_000, 1310, 1298), (25_000, 1500, 1301), (1_600_000, 81_234, 80_111), (9, 4, 5)]
    pairs += [(40_000, 9000, 9000), (40_000, 16, 0), (40_000, 15, 1)]
    return [
        {
            "wilson": [wilson(*share, level) for share in shares for level in (0.9, 0.95, 0.99)],
            "mcnemar": [mcnemar(*pair) for pair in pairs],
            "percentiles": [percentiles(6, 1000), percentiles(7, 5), percentiles(8, 1)],
        }
    ]


def main():
    source = f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}, float64"
    write("sklearn_metrics.json", source, "metrics of predictions of two and more classes", metric_cases(), LAYOUT)
    write("scipy_statistics.json", source, "intervals, McNemar's exact test, percentiles", statistics_cases(), LAYOUT)


if __name__ == "__main__":
    main()
