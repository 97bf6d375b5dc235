"""Trains LightGBM on pandas' category columns of every type that its model files can hold, and on awkward names.

Writes into the folder it is given, for each case, the model (`NAME.txt`), rows as a CSV and as Parquet, and what LightGBM itself
predicts for them (`NAME.json`, one number a row).
"""

import json
import sys
import warnings
from pathlib import Path

import lightgbm
import numpy
import pandas

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1])
tables = "--tables" in sys.argv
rows = 60
random = numpy.random.default_rng(7)
number = random.normal(size=rows)


def drawn(categories, ordered=False, missing=0.1):
    codes = random.integers(0, len(categories), rows)
    codes[random.random(rows) < missing] = -1
    return pandas.Categorical.from_codes(codes, categories=categories, ordered=ordered)


def write(name, frame, unseen=None, **parameters):
    """Trains on all rows; rows that `unseen` changes hold values that training never saw."""
    codes = sum(column.cat.codes * (place + 1) for place, (_, column) in enumerate(frame.items()) if hasattr(column, "cat"))
    target = frame.iloc[:, 0] + (codes * 7) % 5
    settings = {"num_threads": 1, "verbosity": -1, "min_data_in_leaf": 3, "min_data_per_group": 3, "cat_smooth": 1}
    settings |= {"max_bin": 31, "num_leaves": 6, **parameters}
    booster = lightgbm.train(settings, lightgbm.Dataset(frame, target), 6)
    booster.save_model(folder / f"{name}.txt")
    if name.startswith("near-zero"):
        # A threshold among the values that count as 0, of which LightGBM writes only the ends.
        file = folder / f"{name}.txt"
        text = file.read_text()
        assert "1.0000000180025095e-35" in text or "missing" in name, name
        file.write_text(text.replace("1.0000000180025095e-35", "2.0000000180025095e-36"))
    asked = frame if unseen is None else unseen(frame.copy())
    asked.to_csv(folder / f"{name}.csv", index=False)
    if tables:
        asked.to_parquet(folder / f"{name}.parquet", index=False)
    predictions = lightgbm.Booster(model_file=folder / f"{name}.txt").predict(asked)
    assert len(set(predictions)) > 5, name
    (folder / f"{name}.json").write_text(json.dumps(predictions.tolist()) + "\n")


def one(name, categories, **more):
    write(name, pandas.DataFrame({"x": number, "c": drawn(categories, **more)}))


def other_values(categories):
    def change(frame):
        return frame.assign(c=pandas.Categorical([categories[place % len(categories)] for place in range(rows)]))

    return change


one("integers", [1, 2, 5, 10, 20])
one("negative-integers", [-3, -1, 0, 4])
one("floats", [0.5, 1.5, 2.0, 1e-7])
one("infinite", [0.5, 2.0, float("inf")], missing=0)
one("truth-values", [False, True], missing=0)
one("years", [2019, 2020, 2021], missing=0)
one("large-integers", [9007199254740992, 9007199254740993, 9007199254740994], missing=0)
one("digit-texts", ["1", "2", "10"])
one("zip-codes", ["01", "1", "10", "1e3", "x"])
one("truth-texts", ["True", "False", "unknown"])
one("date-texts", ["2020-01-31", "2020-02-01", "2021-12-31"])
one("words", ["é", 'a "quoted" one', "comma, inside", "C:\\path"])
one("ordered", ["low", "middle", "high"], ordered=True)
one("ordered-integers", [1, 3, 7], ordered=True, missing=0)
frame = pandas.DataFrame({"x": number, "c": drawn([1, 2, 5, 10])})
write("integers-unseen", frame, other_values([1, 2, 3, 10, 99]))
frame = pandas.DataFrame({"x": number, "c": drawn(["1", "2", "10"])})
write("digit-texts-unseen", frame, other_values(["1", "01", "10", "3"]))
write(
    "unused-beside",
    pandas.DataFrame(
        {
            "x": number,
            "same": numpy.ones(rows),
            "c": drawn(["u", "v", "w"]),
            "k": pandas.Categorical([7] * rows),
            "empty": pandas.Categorical([None] * rows, categories=["never"]),
            "none": pandas.Categorical([None] * rows),
        }
    ),
)
frame = pandas.DataFrame({"x": number, "a": drawn([3, 1, 2]), "b": drawn(["1", "3", "2"]), "o": drawn([4, 8], ordered=True)})
write("several", frame)
write("white-space", pandas.DataFrame({"my col": number, "tab\tkind": drawn(["01", "02", "1"]), "é%20x": random.normal(size=rows)}))
tiny = pandas.DataFrame({"x": numpy.where(number > 0, number + 3, 0), "c": drawn(["u", "v"])})


def near_zero(frame):
    frame["x"] = numpy.where(frame["x"] == 0, numpy.tile([1e-36, -1e-36, 1e-35, -1e-40, 0, 5e-324], rows // 6), frame["x"])
    return frame


write("near-zero", tiny, near_zero)
write("near-zero-missing", tiny, near_zero, zero_as_missing=True)
