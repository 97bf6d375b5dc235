"""Loads a model with genuine LightGBM and prints its predictions for a CSV as a JSON list, one number a row."""

import json
import sys

import lightgbm
import pandas

model, table = sys.argv[1:3]
booster = lightgbm.Booster(model_file=model)
rows = pandas.read_csv(table)[booster.feature_name()].fillna(0)
print(json.dumps(booster.predict(rows).tolist()))
