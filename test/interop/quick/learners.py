"""Does what a file of jobs asks of genuine LightGBM and scikit-learn; prints a JSON list, one answer a job.

A table is a CSV without a header, the target first; an empty cell is missing.
"""

import json
import sys
import warnings

import lightgbm
import numpy
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression, Ridge


def table(path):
    rows = numpy.genfromtxt(path, delimiter=",", dtype=float, filling_values=numpy.nan)
    return rows[:, 1:], rows[:, 0]


def predict(job):
    rows, _ = table(job["table"])
    return lightgbm.Booster(model_file=job["model"]).predict(rows).tolist()


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
        answers.append((model.predict(test) if job["regression"] else model.predict_proba(test)[:, 1]).tolist())
    return answers


def linear(job):
    rows, target = table(job["train"])
    if job["family"] == "ridge":
        model = Ridge(**job["parameters"]).fit(rows, target)
    else:
        model = LogisticRegression(**job["parameters"], tol=1e-12, max_iter=100000).fit(rows, target)
    coefficients = numpy.atleast_2d(model.coef_).tolist()
    return {"coefficients": coefficients, "intercepts": numpy.atleast_1d(model.intercept_).tolist()}


warnings.filterwarnings("ignore")
with open(sys.argv[1], encoding="utf8") as file:
    jobs = json.load(file)
print(json.dumps([{"predict": predict, "boost": boost, "forest": forest, "linear": linear}[job["do"]](job) for job in jobs]))
