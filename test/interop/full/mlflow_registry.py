"""Logs and registers models at an MLflow server, each with the alias `champion`: mlflow_registry.py URL"""

import sys

import mlflow
import numpy as np
import pandas as pd
import xgboost as xgb
from mlflow import MlflowClient
from mlflow.models import infer_signature
from sklearn.linear_model import LogisticRegression

mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment("customers")
rng = np.random.default_rng(1)
rows = pd.DataFrame({"age": rng.integers(20, 70, 800).astype("float32"), "spent": rng.normal(size=800).astype("float32")})
stays = (rng.random(800) < 1 / (1 + np.exp(-((rows["age"] - 45) / 8 + rows["spent"])))).astype(int)
with mlflow.start_run():
    trees = xgb.train({"objective": "binary:logistic", "max_depth": 3}, xgb.DMatrix(rows, stays), 10)
    mlflow.xgboost.log_model(trees, name="trees", registered_model_name="trees", model_format="ubj", signature=infer_signature(rows, stays))
    plain = LogisticRegression().fit(rows, stays)
    mlflow.sklearn.log_model(plain, name="plain", registered_model_name="plain", signature=infer_signature(rows, stays), pyfunc_predict_fn="predict_proba")
for name in ("trees", "plain"):
    MlflowClient().set_registered_model_alias(name, "champion", "1")
table = rows.head(300).assign(id=[f"C{at}" for at in range(300)], stays=stays.head(300))
table.to_csv(sys.argv[2], index=False)
