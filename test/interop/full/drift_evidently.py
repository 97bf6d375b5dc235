"""python drift_evidently.py FOLDER COUNT: writes N.reference.parquet, N.current.parquet and answers.json there."""

import json
import sys
import warnings

import numpy as np
from drift_tables import pairs, plain
from evidently import Report
from evidently.core.datasets import infer_column_type
from evidently.legacy.calculations.stattests import get_stattest
from evidently.presets import DataDriftPreset

warnings.filterwarnings("ignore")
folder, count = sys.argv[1], int(sys.argv[2])
methods = {
    "num": ["ks", "wasserstein", "jensenshannon", "psi", "kl_div", "hellinger", "ed", "t_test", "mannw",
            "cramer_von_mises", "anderson"],
    "cat": ["chisquare", "z", "jensenshannon", "psi", "kl_div", "hellinger", "g_test", "fisher_exact", "TVD"],
}


def clean(column):
    return column.replace([-np.inf, np.inf], np.nan).dropna()


def judge(reference, current, kind, method):
    test = get_stattest(reference, current, kind, method)
    try:
        answer = test(reference.copy(), current.copy(), kind, None)
        return {"method": test.name, "score": plain(answer.drift_score), "threshold": answer.actual_threshold,
                "drifted": bool(answer.drifted)}
    except Exception as error:
        return {"method": test.name, "error": str(error)}


answers = []
for at, (reference, current) in enumerate(pairs(count)):
    reference.to_parquet(f"{folder}/{at}.reference.parquet")
    current.to_parquet(f"{folder}/{at}.current.parquet")
    columns = {}
    for name in reference.columns:
        kind = infer_column_type(current[name])
        before, after = clean(reference[name]), clean(current[name])
        asked = [None, *(method for method in methods.get(kind.value, [])
                         if (method != "TVD" or len(before) + len(after) < 500)
                         and (method != "z" or len(set(before) | set(after)) <= 2))]
        columns[name] = {"type": kind.value, "answers": [judge(before, after, kind, method) for method in asked]}
    answer = {"columns": columns}
    # The whole report draws pictures and is slow: now and then is enough.
    if at % 20 == 2:
        report = Report([DataDriftPreset()]).run(current, reference).dict()
        answer["share"] = report["metrics"][0]["value"]["share"]
        answer["report"] = {metric["config"]["column"]: metric["value"] for metric in report["metrics"][1:]}
    answers.append(answer)
json.dump(answers, open(f"{folder}/answers.json", "w"))
