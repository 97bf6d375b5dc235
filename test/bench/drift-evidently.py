"""python drift-evidently.py REFERENCE CURRENT: Evidently's DataDriftPreset, as its manual shows it."""

import sys

import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset

reference, current = (pd.read_parquet(path) for path in sys.argv[1:3])
Report([DataDriftPreset()]).run(current, reference).json()
