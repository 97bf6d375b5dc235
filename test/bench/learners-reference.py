"""Genuine LightGBM's side of the learners' benchmark, and the rows that both sides get.

Usage: learners-reference.py make FOLDER TRAIN TEST | learners-reference.py run FOLDER THREADS
Rows are doubles: by rows for LightGBM's Python (`*.rows`), by columns for the learner here (`*.columns`), which is how
either side keeps a table.
"""

import json
import sys
import time

import lightgbm
import numpy

FEATURES = 28


def make(folder, train, test):
    random = numpy.random.default_rng(11)
    for name, rows in (("train", int(train)), ("test", int(test))):
        x = random.normal(size=(rows, FEATURES))
        x[:, 20:24] = numpy.floor(numpy.abs(x[:, 20:24]) * 4)
        score = x[:, 0] * x[:, 1] + numpy.sin(2 * x[:, 2]) + 0.5 * x[:, 3] ** 2 - 0.3 * x[:, 20] + 0.2 * x[:, 4:12].sum(axis=1)
        y = (random.random(rows) < 1 / (1 + numpy.exp(-score))).astype(float)
        x.tofile(f"{folder}/{name}.rows")
        numpy.ascontiguousarray(x.T).tofile(f"{folder}/{name}.columns")
        y.tofile(f"{folder}/{name}.target")


def read(folder, name):
    return numpy.fromfile(f"{folder}/{name}.rows").reshape(-1, FEATURES), numpy.fromfile(f"{folder}/{name}.target")


def run(folder, threads):
    with open(f"{folder}/parameters.json", encoding="utf8") as file:
        parameters = {**json.load(file), "num_threads": int(threads), "verbosity": -1}
    x, y = read(folder, "train")
    started = time.perf_counter()
    model = lightgbm.train(parameters, lightgbm.Dataset(x, y, params=parameters))
    training = time.perf_counter() - started
    del x, y
    x, y = read(folder, "test")
    predicting = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        scores = model.predict(x)
        predicting = min(predicting, time.perf_counter() - started)
    scores.tofile(f"{folder}/theirs.scores")
    with open(f"{folder}/theirs.json", "w", encoding="utf8") as file:
        json.dump({"training": training, "predicting": predicting}, file)


{"make": make, "run": run}[sys.argv[1]](*sys.argv[2:])
