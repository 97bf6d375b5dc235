"""Does what a file of jobs asks of genuine LightGBM and scikit-learn; prints a JSON list, one answer a job.

A table is a CSV without a header, the target first; an empty cell is missing.
"""

import json
import sys
import warnings

import lightgbm
import numpy
import sklearn.datasets
import sklearn.model_selection
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge


def table(path):
    rows = numpy.genfromtxt(path, delimiter=",", dtype=float, filling_values=numpy.nan)
    return rows[:, 1:], rows[:, 0]


def predict(job):
    rows, _ = table(job["table"])
    return lightgbm.Booster(model_file=job["model"]).predict(rows).tolist()


def train(job):
    """Trains a model and writes it; the order of `rank` objectives is that of groups of 20 rows."""
    rows, target = table(job["train"])
    parameters = {**job["parameters"], "num_threads": 1, "verbosity": -1}
    group = [20] * (len(target) // 20) if job.get("groups") else None
    data = lightgbm.Dataset(rows, target, group=group, params=parameters)
    lightgbm.train(parameters, data).save_model(job["model"])
    return say(job)


def say(job):
    """All that a model says of rows; contributions are null where LightGBM gives none."""
    booster = lightgbm.Booster(model_file=job["model"])
    rows = sklearn.datasets.load_iris(return_X_y=True)[0] if job["table"] == "iris" else table(job["table"])[0]
    if job["table"] == "iris":
        rows = sklearn.model_selection.train_test_split(rows, test_size=0.2, random_state=0)[1]
    answer = {"prediction": booster.predict(rows), "raw": booster.predict(rows, raw_score=True)}
    answer["leaf"] = booster.predict(rows, pred_leaf=True)
    linear = "is_linear=1" in booster.model_to_string()
    contributions = None if linear else booster.predict(rows[:50], pred_contrib=True).tolist()
    two = {key: numpy.asarray(value).reshape(len(rows), -1).tolist() for key, value in answer.items()}
    return {**two, "contributions": contributions, "rows": rows.tolist() if job["table"] == "iris" else None}


def grow(job):
    """Trains a model and writes it; `again` trains as many rounds more on top of it."""
    rows, target = table(job["train"])
    parameters = {**job["parameters"], "num_threads": 1, "verbosity": -1}
    options = {"weight": job.get("weight"), "init_score": job.get("init"), "params": parameters, "free_raw_data": False}
    booster = lightgbm.train(parameters, lightgbm.Dataset(rows, target, **options))
    if job.get("again"):
        booster = lightgbm.train(parameters, lightgbm.Dataset(rows, target, **options), init_model=booster)
    booster.save_model(job["model"])


def refusals(job):
    """Which of the files genuine LightGBM refuses too."""
    refused = []
    for file in job["files"]:
        try:
            lightgbm.Booster(model_file=file)
        except lightgbm.basic.LightGBMError:
            refused.append(file)
    return refused


def boost(job):
    rows, target = table(job["train"])
    test, _ = table(job["test"])
    answers = []
    for seed in job["seeds"]:
        parameters = {**job["parameters"], "seed": seed, "num_threads": 1, "verbosity": -1}
        data = lightgbm.Dataset(rows, target, params=parameters)
        answers.append(lightgbm.train(parameters, data).predict(test).tolist())
    return answers


def forest(job):
    rows, target = table(job["train"])
    test, _ = table(job["test"])
    kind = RandomForestRegressor if job["regression"] else RandomForestClassifier
    answers = []
    for seed in job["seeds"]:
        model = kind(**job["parameters"], random_state=seed, n_jobs=1).fit(rows, target)
        answer = model.predict(test) if job["regression"] else model.predict_proba(test)
        answers.append((answer[:, 1] if answer.ndim == 2 and answer.shape[1] == 2 else answer).tolist())
    return answers


def linear(job):
    rows, target = table(job["train"])
    kind = {"ridge": Ridge, "least squares": LinearRegression, "logistic": LogisticRegression}[job["family"]]
    exact = {"tol": 1e-12, "max_iter": 100000} if job["family"] == "logistic" else {}
    weight = numpy.array(job["weight"]) if "weight" in job else None
    parameters = {**job["parameters"], **exact}
    if parameters.get("C", 1) is None:
        parameters["C"] = numpy.inf
    model = kind(**parameters).fit(rows, target, sample_weight=weight)
    coefficients = numpy.atleast_2d(model.coef_).tolist()
    return {"coefficients": coefficients, "intercepts": numpy.atleast_1d(model.intercept_).tolist()}


warnings.filterwarnings("ignore")
with open(sys.argv[1], encoding="utf8") as file:
    jobs = json.load(file)
kinds = [predict, train, say, grow, refusals, boost, forest, linear]
doers = {kind.__name__: kind for kind in kinds}
print(json.dumps([doers[job["do"]](job) for job in jobs]))
