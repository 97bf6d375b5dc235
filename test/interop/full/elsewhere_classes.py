"""Trains a scikit-learn pipeline on three classes and writes it as ONNX in four ways: elsewhere_classes.py FOLDER"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

folder = Path(sys.argv[1])
rng = np.random.default_rng(2)
# Not in the order of the alphabet, with what a CSV quotes and what no ASCII has.
names = np.array(["zwölf", "a, b", "plus"])


def orders(rows):
    age, spent = rng.integers(20, 70, rows).astype("float32"), np.round(rng.normal(size=rows), 2).astype("float32")
    plan = rng.choice(["basic", "plus"], rows)
    scores = np.stack([(age - 45) / 6, spent * 2 + (plan == "plus"), -spent], axis=1) + rng.gumbel(size=(rows, 3)) * 0.5
    return pd.DataFrame({"age": age, "spent": spent, "plan": plan}), np.argmax(scores, axis=1)


def pipeline():
    encode = make_column_transformer((StandardScaler(), ["age", "spent"]), (OneHotEncoder(), ["plan"]))
    return make_pipeline(encode, LogisticRegression(max_iter=500))


x, y = orders(1500)
types = [("age", FloatTensorType([None, 1])), ("spent", FloatTensorType([None, 1])), ("plan", StringTensorType([None, 1]))]
fitted = {"texts": pipeline().fit(x, names[y]), "numbers": pipeline().fit(x, y)}
for kind, model in fitted.items():
    for form, zipped in (("zipped", True), ("table", False)):
        graph = to_onnx(model, initial_types=types, options={"zipmap": zipped})
        (folder / f"{kind}-{form}.onnx").write_bytes(graph.SerializeToString())
(folder / "classes.json").write_text(pd.Series(fitted["texts"].classes_).to_json(orient="values"))
for part, rows in (("labelled", 600), ("march", 500)):
    x, y = orders(rows)
    own = {"id": [f"{part}-{at}" for at in range(rows)], **x}
    for kind, labels in (("texts", names[y]), ("numbers", y)):
        pd.DataFrame({**own, "kind": labels}).to_csv(folder / f"{part}-{kind}.csv", index=False)
        if part == "labelled":
            said = fitted[kind].predict_proba(x.head(40))
            pd.DataFrame(said).to_json(folder / f"{kind}-said.json", orient="values", double_precision=15)
            x.head(40).to_json(folder / "rows.json", orient="values", double_precision=15)
