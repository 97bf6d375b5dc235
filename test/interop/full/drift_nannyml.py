"""python drift_nannyml.py FOLDER COUNT: writes N.reference.parquet, N.current.parquet and answers.json there."""

import json
import logging
import sys
import warnings

from drift_tables import pairs, plain
from nannyml.drift.univariate import UnivariateDriftCalculator

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
folder, count = sys.argv[1], int(sys.argv[2])
continuous = ["jensen_shannon", "hellinger", "kolmogorov_smirnov", "wasserstein"]
categorical = ["jensen_shannon", "hellinger", "chi2", "l_infinity"]

answers = []
for at, (reference, current) in enumerate(pairs(count)):
    # Infinite values have no histogram there.
    names = [name for name in reference.columns if name != "infinite"]
    reference, current = reference[names], current[names]
    reference.to_parquet(f"{folder}/{at}.reference.parquet")
    current.to_parquet(f"{folder}/{at}.current.parquet")
    size = [None, 50][at % 2] if len(reference) <= 1001 else None
    calculator = UnivariateDriftCalculator(
        column_names=names, continuous_methods=continuous, categorical_methods=categorical, chunk_size=size
    ).fit(reference)
    chunked = calculator.calculate(current).filter(period="analysis").to_df() if size else None
    columns = {}
    for name, models in calculator._column_to_models_mapping.items():
        found = []
        for model in models:
            value = model.calculate(current[name])
            answer = {"method": model.column_name, "value": plain(value), "alert": bool(model.alert(value)),
                      "upper": None if model.upper_threshold_value is None else plain(model.upper_threshold_value)}
            if size:
                part = chunked[name][model.column_name]
                answer["chunks"] = [plain(one) for one in part["value"]]
                answer["alerts"] = [bool(one) for one in part["alert"]]
            found.append(answer)
        columns[name] = found
    answers.append({"chunkSize": size, "columns": columns})
json.dump(answers, open(f"{folder}/answers.json", "w"))
