"""Trains small models with XGBoost and writes them with its own predictions: record_xgboost.py FOLDER

Recorded once for the tests of the day (test/fixtures/xgboost/VERSION), made anew by the full interoperability tests.
"""

import json
import sys
from pathlib import Path

import numpy as np
import xgboost as xgb

ROWS = 60
EXPLAINED = 12


def table(rng):
    """Values with one decimal meet thresholds exactly; the second column does not fit 32 bits; the last holds codes."""
    near = np.round(rng.normal(size=ROWS), 1)
    fine = rng.normal(size=ROWS) * np.pi
    sparse = np.round(rng.gamma(2.0, 1.0, size=ROWS), 1)
    sparse[rng.random(ROWS) < 0.3] = np.nan
    code = rng.integers(0, 40, size=ROWS).astype(float)
    code[rng.random(ROWS) < 0.1] = np.nan
    return np.column_stack([near, fine, sparse, code])


def cases(x, rng):
    signal = x[:, 0] + 0.3 * x[:, 1] + np.nan_to_num(x[:, 2], nan=-1.0) + np.where(x[:, 3] % 3 == 0, 1.0, 0.0)
    binary = (signal + rng.normal(size=ROWS) > np.median(signal)).astype(float)
    three = np.digitize(signal, np.quantile(signal, [0.3, 0.7])).astype(float)
    counts = rng.poisson(np.exp(np.clip(signal / 3, -2, 2))).astype(float)
    positive = np.exp(signal / 4)
    share = 1 / (1 + np.exp(-signal))
    numbers, coded = ["float"] * 4, ["float", "float", "float", "c"]
    yield "logistic", "binary:logistic", binary, {}, numbers
    yield "logistic-given-base", "binary:logistic", binary, {"base_score": 0.2}, numbers
    yield "logitraw", "binary:logitraw", binary, {}, numbers
    yield "logitraw-given-base", "binary:logitraw", binary, {"base_score": 0.2}, numbers
    yield "squared", "reg:squarederror", signal, {}, numbers
    yield "reg-logistic", "reg:logistic", share, {}, numbers
    yield "poisson", "count:poisson", counts, {}, numbers
    yield "gamma", "reg:gamma", positive, {}, numbers
    yield "tweedie", "reg:tweedie", counts, {}, numbers
    yield "softprob", "multi:softprob", three, {"num_class": 3}, numbers
    yield "softmax", "multi:softmax", three, {"num_class": 3}, numbers
    dart = {"booster": "dart", "rate_drop": 0.5, "one_drop": 1}
    yield "dart", "binary:logistic", binary, dart, numbers
    yield "dart-classes", "multi:softprob", three, {**dart, "num_class": 3}, numbers
    forest = {"num_parallel_tree": 3, "subsample": 0.7}
    yield "forest", "binary:logistic", binary, forest, numbers
    yield "forest-classes", "multi:softprob", three, {**forest, "num_class": 3}, numbers
    yield "categories-partition", "reg:squarederror", signal, {"max_cat_to_onehot": 1}, coded
    yield "categories-one-hot", "reg:squarederror", signal, {"max_cat_to_onehot": 100}, coded
    yield "lossguide", "reg:squarederror", signal, {"grow_policy": "lossguide", "max_leaves": 6, "max_depth": 0}, numbers


def listed(values):
    """Each 32-bit figure as the double that it is."""
    return np.asarray(values, dtype=np.float32).astype(float).tolist()


def nulls(values):
    return [[None if np.isnan(value) else float(value) for value in row] for row in values]


def main(folder, only):
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(3)
    x = table(rng)
    names = ["near", "fine", "sparse", "code"]
    found = []
    for name, objective, y, parameters, types in cases(x, rng):
        if only and name not in only:
            continue
        coded = {"enable_categorical": True} if "c" in types else {}
        rows = xgb.DMatrix(x, label=y, feature_names=names, feature_types=types, **coded)
        settings = {"objective": objective, "max_depth": 3, "eta": 0.4, "tree_method": "hist", "seed": 1}
        settings.update(parameters)
        model = xgb.train(settings, rows, num_boost_round=4)
        form = "ubj" if name in ("softprob", "dart", "categories-partition", "poisson") else "json"
        model.save_model(folder / f"{name}.{form}")
        figures = model.predict(rows)
        found.append(
            {
                "file": f"{name}.{form}",
                "objective": objective,
                # The class alone is no figure that is compared here.
                "predictions": None if objective == "multi:softmax" else listed(figures),
                "margins": listed(model.predict(rows, output_margin=True)),
                "contributions": listed(model.predict(rows, pred_contribs=True)[:EXPLAINED]),
            }
        )
    if not only or "stopped" in only:
        found += stopped(folder, x, rng)
    if not only or "words" in only:
        found.append(worded(folder, rng))
    said = {"version": xgb.__version__, "columns": names, "rows": nulls(x), "cases": found}
    (folder / "expected.json").write_text(json.dumps(said))


def stopped(folder, x, rng):
    """A model that stopped early, as scikit-learn's interface saves it and as a booster does; neither has names."""
    y = (x[:, 0] + 2 * rng.normal(size=ROWS) > 0).astype(int)
    model = xgb.XGBClassifier(n_estimators=40, max_depth=3, learning_rate=0.9, early_stopping_rounds=3)
    model.fit(x[:40], y[:40], eval_set=[(x[40:], y[40:])], verbose=False)
    model.save_model(folder / "stopped-sklearn.json")
    again = xgb.XGBClassifier()
    again.load_model(folder / "stopped-sklearn.json")
    train, judge = xgb.DMatrix(x[:40], y[:40]), xgb.DMatrix(x[40:], y[40:])
    settings = {"objective": "binary:logistic", "max_depth": 3, "eta": 0.9}
    booster = xgb.train(settings, train, 40, evals=[(judge, "judge")], early_stopping_rounds=3, verbose_eval=False)
    booster.save_model(folder / "stopped-booster.ubj")
    loaded = xgb.Booster(model_file=folder / "stopped-booster.ubj")
    all_rows = xgb.DMatrix(x)
    return [
        {
            "file": "stopped-sklearn.json",
            "objective": "binary:logistic",
            "predictions": listed(again.predict_proba(x)[:, 1]),
            "rounds": [0, again.best_iteration + 1],
        },
        {
            "file": "stopped-booster.ubj",
            "objective": "binary:logistic",
            "predictions": listed(loaded.predict(all_rows)),
            "rounds": [0, loaded.num_boosted_rounds()],
            "firstTwo": listed(loaded.predict(all_rows, iteration_range=(0, 2))),
        },
    ]


def worded(folder, rng):
    """Categories as words and as numbers, whose lists the file holds from 3.1 on."""
    import pandas

    town = rng.choice(["Thun", "Bern", "Chur", "Basel-Stadt"], size=ROWS)
    zone = rng.choice([20, 3, 100], size=ROWS)
    rows = pandas.DataFrame({"town": pandas.Categorical(town), "zone": pandas.Categorical(zone)})
    y = rng.normal(size=ROWS) + (town == "Bern") * 3 - (zone == 3) * 2
    settings = {"objective": "reg:squarederror", "max_depth": 3, "max_cat_to_onehot": 1}
    model = xgb.train(settings, xgb.DMatrix(rows, y, enable_categorical=True), 3)
    model.save_model(folder / "words.ubj")
    columns = {"town": town.tolist(), "zone": zone.tolist()}
    predictions = listed(model.predict(xgb.DMatrix(rows, enable_categorical=True)))
    return {"file": "words.ubj", "objective": "reg:squarederror", "columns": columns, "predictions": predictions}


main(Path(sys.argv[1]), sys.argv[2:])
