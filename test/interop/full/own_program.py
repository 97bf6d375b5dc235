"""A script as people run it in SageMaker: XGBoost by scikit-learn's interface, its size chosen by scikit-learn."""
import json
import os

import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GridSearchCV
from xgboost import XGBClassifier

hyperparameters = json.loads(os.environ["SM_HPS"])


def channel(name):
    table = pd.read_csv(os.path.join(os.environ[f"SM_CHANNEL_{name.upper()}"], f"{name}.csv"))
    numbers = table.select_dtypes("number")
    return numbers.iloc[:, :-1], numbers.iloc[:, -1].astype(int)


rows, labels = channel("train")
search = GridSearchCV(XGBClassifier(**hyperparameters, random_state=3), {"max_depth": [2, 4]}, cv=3, scoring="roc_auc")
search.fit(rows, labels)
model = search.best_estimator_
test_rows, test_labels = channel("test")
print(f"test auc {roc_auc_score(test_labels, model.predict_proba(test_rows)[:, 1]):.12f}")
model.get_booster().save_model(os.path.join(os.environ["SM_MODEL_DIR"], "model.json"))
