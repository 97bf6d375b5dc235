"""The same figures as `mlops metrics` with pandas and scikit-learn. Usage: figures.py TABLE; prints them as JSON."""

import json
import sys

import numpy
import pandas
from sklearn import metrics as m

table = pandas.read_parquet(sys.argv[1])
labels, scores = table["y"].to_numpy(), table["p"].to_numpy()
predicted = (scores >= 0.5).astype(int)
tn, fp, fn, tp = m.confusion_matrix(labels, predicted).ravel()
fpr, tpr, _ = m.roc_curve(labels, scores)
edges = numpy.linspace(0.0, 1.0, 11)
bins = numpy.searchsorted(edges[1:-1], scores)
counts = numpy.bincount(bins, minlength=10)
distance = numpy.abs(numpy.bincount(bins, weights=scores, minlength=10) - numpy.bincount(bins, weights=labels, minlength=10))
figures = {
    "precision": m.precision_score(labels, predicted),
    "recall": m.recall_score(labels, predicted),
    "f1": m.f1_score(labels, predicted),
    "f2": m.fbeta_score(labels, predicted, beta=2),
    "balanced_accuracy": m.balanced_accuracy_score(labels, predicted),
    "mcc": m.matthews_corrcoef(labels, predicted),
    "kappa": m.cohen_kappa_score(labels, predicted),
    "roc_auc": m.roc_auc_score(labels, scores),
    "average_precision": m.average_precision_score(labels, scores),
    "ks": float(numpy.max(tpr - fpr)),
    "log_loss": m.log_loss(labels, scores),
    "brier": m.brier_score_loss(labels, scores),
    "ece": float(numpy.sum(distance) / len(labels)),
}
print(json.dumps(figures))
