"""Trains one model in four libraries and writes a table with what it says: elsewhere_models.py FOLDER"""

import sys
from pathlib import Path

import mlflow
import numpy as np
import pandas as pd
import xgboost as xgb
from mlflow.models import infer_signature
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

folder = Path(sys.argv[1])
rng = np.random.default_rng(1)


def customers(rows):
    age, spent = rng.integers(20, 70, rows).astype("float32"), np.round(rng.normal(size=rows), 2).astype("float32")
    plan = rng.choice(["basic", "plus"], rows)
    chance = 1 / (1 + np.exp(-((age - 45) / 8 + spent + (plan == "plus"))))
    return pd.DataFrame({"age": age, "spent": spent, "plan": plan}), (rng.random(rows) < chance).astype(int)


x, y = customers(1500)
numbers = x[["age", "spent"]]
trees = xgb.train({"objective": "binary:logistic", "max_depth": 3}, xgb.DMatrix(numbers, y), 20)
for form in ("json", "ubj"):
    trees.save_model(folder / f"trees.{form}")
encode = make_column_transformer((StandardScaler(), ["age", "spent"]), (OneHotEncoder(), ["plan"]))
pipeline = make_pipeline(encode, LogisticRegression()).fit(x, y)
types = [("age", FloatTensorType([None, 1])), ("spent", FloatTensorType([None, 1])), ("plan", StringTensorType([None, 1]))]
for name, zipped in (("zipped", True), ("table", False)):
    graph = to_onnx(pipeline, initial_types=types, options={"zipmap": zipped})
    (folder / f"{name}.onnx").write_bytes(graph.SerializeToString())
plain = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers, y)
signature = infer_signature(numbers, y)
mlflow.sklearn.save_model(plain, folder / "mlflow", signature=signature, pyfunc_predict_fn="predict_proba")
(folder / "serve.py").write_text(
    """import os
import joblib
from flask import Flask, jsonify, request

model = joblib.load(os.path.join(os.path.dirname(os.path.abspath(__file__)), "model.joblib"))
app = Flask(__name__)


@app.get("/ping")
def ping():
    return ""


@app.post("/invocations")
def invocations():
    rows = [[float(cell) for cell in line.split(",")] for line in request.get_data(as_text=True).splitlines()]
    return jsonify(predictions=model.predict_proba(rows)[:, 1].tolist())


app.run(host="127.0.0.1", port=int(os.environ["SAGEMAKER_BIND_TO_PORT"]))
"""
)
import joblib  # noqa: E402

joblib.dump(make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers.values, y), folder / "model.joblib")
for part, rows in (("labelled", 600), ("march", 800)):
    x, y = customers(rows)
    own = {"id": [f"{part}-{at}" for at in range(rows)], **x, "stays": y}
    scores = pd.DataFrame({"trees": trees.predict(xgb.DMatrix(x[["age", "spent"]])), "pipeline": pipeline.predict_proba(x)[:, 1], "plain": plain.predict_proba(x[["age", "spent"]])[:, 1]})
    pd.DataFrame(own).to_csv(folder / f"{part}.csv", index=False)
    scores.to_csv(folder / f"{part}-scores.csv", index=False)
