"""python estimation_nannyml.py FOLDER [ROWS]: what NannyML estimates of its own examples without labels, one JSON a case.

With ROWS only so many rows of each table are taken (evenly), which is how the small fixtures in
test/fixtures/estimation were recorded: python estimation_nannyml.py ../../fixtures/estimation 1200
"""

import json
import logging
import sys
import warnings

import nannyml as nml
import numpy as np
import pandas as pd
from nannyml.calibration import NoopCalibrator

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
folder = sys.argv[1]
rows = int(sys.argv[2]) if len(sys.argv) > 2 else None
figures = ["roc_auc", "average_precision", "f1", "precision", "recall", "specificity", "accuracy"]


def part(table, share=1):
    if rows is None:
        return table.reset_index(drop=True)
    return table.iloc[np.linspace(0, len(table) - 1, int(rows * share)).astype(int)].reset_index(drop=True)


def untied(table, columns):
    """Scores apart by less than a thousandth: NumPy leaves the order of equal ones to the machine it runs on."""
    table = table.copy()
    lots = np.random.RandomState(2).rand(len(columns), len(table))
    lots = lots / lots.sum(axis=0) if len(lots) > 1 else lots
    for name, lot in zip(columns, lots):
        table[name] = (0.999 * table[name] + 0.001 * lot).round(10 if rows else 14)
    return table


def plain(value):
    return None if value is None or (isinstance(value, float) and np.isnan(value)) else float(value)


def chunks_of(result, name):
    found = result.filter(period="analysis").to_df()[name]
    value = "value" if "value" in found else "estimated"
    upper = "upper_confidence_boundary" if "upper_confidence_boundary" in found else "upper_confidence"
    lower = "lower_confidence_boundary" if "lower_confidence_boundary" in found else "lower_confidence"
    return [
        {
            "value": plain(row[value]),
            "samplingError": plain(row["sampling_error"]),
            "lower": plain(row[lower]),
            "upper": plain(row[upper]),
            "alert": bool(row["alert"]),
        }
        for _, row in found.iterrows()
    ]


def write(name, case):
    json.dump(case, open(f"{folder}/{name}.json", "w"), separators=(",", ":"))


def answers(estimator, result, names):
    of = {metric.column_name: metric for metric in estimator.metrics}
    return {
        name: {
            "threshold": [plain(of[name].lower_threshold_value), plain(of[name].upper_threshold_value)],
            "chunks": chunks_of(result, name),
        }
        for name in names
    }


def binary(name, tables, y_true, chunks):
    reference, analysis = (untied(part(table), ["y_pred_proba"]) for table in tables)
    columns = dict(y_pred_proba="y_pred_proba", y_pred="y_pred", y_true=y_true)
    estimator = nml.CBPE(**columns, metrics=figures, problem_type="classification_binary", **chunks).fit(reference)
    result = estimator.estimate(analysis)
    side = lambda table: {"scores": table.y_pred_proba.tolist(), "predicted": [int(one) for one in table.y_pred]}
    write(
        name,
        {
            "chunks": chunks,
            "reference": {**side(reference), "labels": [int(one) for one in reference[y_true]]},
            "analysis": side(analysis),
            "calibrated": bool(estimator.needs_calibration),
            "figures": answers(estimator, result, figures),
        },
    )


def multiclass(name, tables, y_true, probabilities, chunks):
    reference, analysis = (untied(part(table), probabilities.values()) for table in tables)
    columns = dict(y_pred_proba=probabilities, y_pred="y_pred", y_true=y_true)
    estimator = nml.CBPE(**columns, metrics=figures, problem_type="classification_multiclass", **chunks).fit(reference)
    result = estimator.estimate(analysis)
    classes = sorted(probabilities)
    side = lambda table: {
        "scores": [table[probabilities[one]].tolist() for one in classes],
        "predicted": [classes.index(one) for one in table.y_pred],
    }
    write(
        name,
        {
            "chunks": chunks,
            "classes": classes,
            "reference": {**side(reference), "labels": [classes.index(one) for one in reference[y_true]]},
            "analysis": side(analysis),
            "calibrated": [not isinstance(estimator._calibrators[one], NoopCalibrator) for one in classes],
            "figures": answers(estimator, result, figures),
        },
    )


def regression(name, tables, y_true, numbers, categories, chunks):
    reference, analysis = (part(table, 0.5) for table in tables)
    names = ["mae", "rmse", "mape", "mse"]
    estimator = nml.DLE(
        feature_column_names=numbers + categories, y_pred="y_pred", y_true=y_true, metrics=names, **chunks
    ).fit(reference)
    result = estimator.estimate(analysis)
    side = lambda table: {
        "columns": {one: [plain(value) for value in table[one]] for one in numbers}
        | {one: [None if pd.isna(value) else str(value) for value in table[one]] for one in categories},
        "predictions": table.y_pred.tolist(),
    }
    write(
        name,
        {
            "chunks": chunks,
            "categories": categories,
            "reference": {**side(reference), "labels": reference[y_true].tolist()},
            "analysis": side(analysis),
            "figures": answers(estimator, result, names),
        },
    )


size = 300 if rows else 5000
loan = nml.load_synthetic_car_loan_dataset()
binary("car-loan", loan[:2], "repaid", {"chunk_size": size})
home = nml.load_synthetic_binary_classification_dataset()
binary("work-from-home", home[:2], "work_home_actual", {"chunk_number": 7})
cards = nml.load_synthetic_multiclass_classification_dataset()
classes = ["prepaid_card", "highstreet_card", "upmarket_card"]
multiclass("credit-cards", cards[:2], "y_true", {one: f"y_pred_proba_{one}" for one in classes}, {"chunk_size": size})
cars = nml.load_synthetic_car_price_dataset()
regression(
    "car-price",
    cars[:2],
    "y_true",
    ["car_age", "km_driven", "price_new", "accident_count", "door_count"],
    ["fuel", "transmission"],
    {"chunk_size": size},
)
