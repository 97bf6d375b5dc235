"""LightGBM's defaults on the rows that a project learned from, judged on its test rows. Usage: STORE TASK TARGET SKIPPED…"""
import glob, json, sys
import lightgbm, pandas as pd
from sklearn.metrics import mean_squared_error, roc_auc_score

store, task, target, *skipped = sys.argv[1:]
own = ["record_id", "event_time", "write_time", "api_invocation_time", "is_deleted", target, *skipped]

def part(name):
    files = glob.glob(f"{store}/*-{name}/**/*.parquet", recursive=True)
    return pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)

train = pd.concat([part("train"), part("validation")], ignore_index=True)
test = part("test")
def frames(rows):
    table = rows.drop(columns=[name for name in own if name in rows])
    for name in table.columns:
        if "datetime" in str(table[name].dtype):
            table[name] = table[name].astype("int64")
        elif not pd.api.types.is_numeric_dtype(table[name]) and not pd.api.types.is_bool_dtype(table[name]):
            table[name] = pd.Categorical(table[name], categories=sorted(train[name].dropna().unique()))
    return table
kind = lightgbm.LGBMClassifier if task == "binary" else lightgbm.LGBMRegressor
model = kind(verbose=-1, n_jobs=2, random_state=1).fit(frames(train), train[target])
if task == "binary":
    print(json.dumps({"figure": roc_auc_score(test[target], model.predict_proba(frames(test))[:, 1])}))
else:
    print(json.dumps({"figure": mean_squared_error(test[target], model.predict(frames(test))) ** 0.5}))
