"""scikit-learn's figures of the tables in a file; prints a JSON list, one object a table, NaN as null."""

import json
import math
import sys
import warnings

import numpy
from sklearn import metrics as m

warnings.filterwarnings("ignore")


def ks(labels, scores, weights):
    fpr, tpr, _ = m.roc_curve(labels, scores, sample_weight=weights, drop_intermediate=False)
    return numpy.max(tpr - fpr)


def calibration(labels, scores, weights):
    """Expected and maximum error over ten bins of equal width, from scikit-learn's own edges and side."""
    weights = numpy.ones(len(labels)) if weights is None else weights
    edges = numpy.linspace(0.0, 1.0, 11)
    bins = numpy.searchsorted(edges[1:-1], scores)
    total = numpy.bincount(bins, weights=weights, minlength=10)
    filled = total != 0
    predicted = numpy.bincount(bins, weights=weights * scores, minlength=10)[filled] / total[filled]
    positive = numpy.bincount(bins, weights=weights * labels, minlength=10)[filled] / total[filled]
    distance = numpy.abs(predicted - positive)
    return {"ece": numpy.sum(total[filled] / numpy.sum(total) * distance), "mce": numpy.max(distance)}


def curves(labels, scores):
    """Points of each class against the rest, as `pr 1 0 precision`: class, place from the lowest threshold."""
    points = {}
    for place in range(scores.shape[1]):
        own = labels == place
        if not own.any() or own.all():
            continue
        precision, recall, thresholds = m.precision_recall_curve(own, scores[:, place])
        fpr, tpr, at = m.roc_curve(own, scores[:, place], drop_intermediate=False)
        for i, threshold in enumerate(thresholds):
            points |= {f"pr {place} {i} threshold": threshold, f"pr {place} {i} precision": precision[i], f"pr {place} {i} recall": recall[i]}
        for i in range(1, len(at)):
            points |= {f"roc {place} {i} fpr": fpr[i], f"roc {place} {i} tpr": tpr[i]}
    return points


def binary(table):
    labels, scores = numpy.array(table["labels"]), numpy.array(table["scores"])
    weights = None if table["weights"] is None else numpy.array(table["weights"])
    predicted = (scores >= table["threshold"]).astype(int)
    given = {"sample_weight": weights}
    tn, fp, fn, tp = m.confusion_matrix(labels, predicted, labels=[0, 1], **given).ravel()
    both = len(set(labels[weights > 0] if weights is not None else labels)) == 2
    figures = {
        "tp": tp, "fp": fp, "fn": fn, "tn": tn,
        "precision": m.precision_score(labels, predicted, zero_division=math.nan, **given),
        "recall": m.recall_score(labels, predicted, zero_division=math.nan, **given),
        "specificity": m.recall_score(labels, predicted, pos_label=0, zero_division=math.nan, **given),
        "npv": m.precision_score(labels, predicted, pos_label=0, zero_division=math.nan, **given),
        "f1": m.f1_score(labels, predicted, zero_division=math.nan, **given),
        "f0_5": m.fbeta_score(labels, predicted, beta=0.5, zero_division=math.nan, **given),
        "f2": m.fbeta_score(labels, predicted, beta=2, zero_division=math.nan, **given),
        "accuracy": m.accuracy_score(labels, predicted, **given),
        "brier": m.brier_score_loss(labels, scores, pos_label=1, **given),
        "log_loss": m.log_loss(labels, scores, labels=[0, 1], **given),
        **calibration(labels, scores, weights),
    }
    if not both:
        return figures
    return {
        **figures,
        "balanced_accuracy": m.balanced_accuracy_score(labels, predicted, **given),
        "mcc": m.matthews_corrcoef(labels, predicted, **given),
        "kappa": m.cohen_kappa_score(labels, predicted, **given),
        "roc_auc": m.roc_auc_score(labels, scores, **given),
        "average_precision": m.average_precision_score(labels, scores, **given),
        "ks": ks(labels, scores, weights),
    }


def multiclass(table):
    labels = numpy.array(table["labels"])
    scores = numpy.array(table["scores"]).T
    weights = None if table["weights"] is None else numpy.array(table["weights"])
    predicted = numpy.argmax(scores, axis=1)
    given = {"sample_weight": weights}
    classes = list(range(scores.shape[1]))
    figures = {
        **curves(labels, scores),
        "accuracy": m.accuracy_score(labels, predicted, **given),
        "log_loss": m.log_loss(labels, scores, labels=classes, **given),
    }
    for average in ["macro", "weighted", "micro"]:
        for name, score in [("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)]:
            figures[f"{average}_{name}"] = score(labels, predicted, average=average, zero_division=0, **given)
    if len(set(labels)) > 1:
        figures["balanced_accuracy"] = m.balanced_accuracy_score(labels, predicted, **given)
        figures["mcc"] = m.matthews_corrcoef(labels, predicted, **given)
        figures["kappa"] = m.cohen_kappa_score(labels, predicted, **given)
    if len(set(labels)) == len(classes):
        for name, average in [("roc_auc_ovr", "macro"), ("roc_auc_ovr_weighted", "weighted")]:
            figures[name] = m.roc_auc_score(labels, scores, multi_class="ovr", average=average, **given)
    return figures


def regression(table):
    labels, scores = numpy.array(table["labels"]), numpy.array(table["scores"])
    weights = None if table["weights"] is None else numpy.array(table["weights"])
    given = {"sample_weight": weights}
    return {
        "rmse": m.root_mean_squared_error(labels, scores, **given),
        "mae": m.mean_absolute_error(labels, scores, **given),
        "median_ae": m.median_absolute_error(labels, scores, **given),
        "mape": m.mean_absolute_percentage_error(labels, scores, **given),
        "r2": m.r2_score(labels, scores, **given) if len(set(labels)) > 1 else math.nan,
        "explained_variance": m.explained_variance_score(labels, scores, **given) if len(set(labels)) > 1 else math.nan,
        "max_error": m.max_error(labels, scores),
    }


tasks = {"binary": binary, "multiclass": multiclass, "regression": regression}


def plain(value):
    return None if math.isnan(value) else float(value)


with open(sys.argv[1], encoding="utf-8") as file:
    answers = [tasks[table["task"]](table) for table in json.load(file)]
print(json.dumps([{name: plain(value) for name, value in answer.items()} for answer in answers]))
