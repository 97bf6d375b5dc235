"""The reference that people run today: the hard-drive job with pandas, pyarrow, scikit-learn and LightGBM.

Usage: reference.py ZIP REVIEWS WORK_FOLDER. Reads every daily CSV of the archive, writes Parquet, makes the features,
trains both models, judges them on the production part and prints figures as JSON.
"""

import json
import os
import sys
import zipfile

import lightgbm
import numpy
import pandas
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

archive, reviews_file, work = sys.argv[1:4]
SMART = ["smart_5_raw", "smart_187_raw", "smart_188_raw", "smart_197_raw", "smart_198_raw"]
FEATURES = ["pct_one_star", "pct_two_star", *SMART]


def manufacturer(models: pandas.Series) -> pandas.Series:
    upper = models.str.upper()
    name = pandas.Series(None, index=models.index, dtype=object)
    name[upper.str.startswith(("HGST", "HITACHI"))] = "HGST"
    name[upper.str.startswith(("WDC", "WD"))] = "WDC"
    name[upper.str.startswith(("ST", "SEAGATE"))] = "SEAGATE"
    name[upper.str.startswith("TOSHIBA")] = "TOSHIBA"
    return name


def ingest() -> list[str]:
    files = []
    with zipfile.ZipFile(archive) as members:
        for member in members.namelist():
            base = os.path.basename(member)
            if not base.endswith(".csv") or base.startswith("._"):
                continue
            with members.open(member) as stream:
                day = pandas.read_csv(stream, encoding="utf-8", encoding_errors="replace", low_memory=False)
            year, month, date = base[:10].split("-")
            folder = f"{work}/curated/year={year}/month={month}/day={date}"
            os.makedirs(folder, exist_ok=True)
            day.to_parquet(f"{folder}/part.parquet", compression="snappy", index=False)
            files.append(f"{folder}/part.parquet")
    return files


def features(files: list[str]) -> dict[str, pandas.DataFrame]:
    drives = pandas.concat([pandas.read_parquet(file) for file in files], ignore_index=True)
    drives["manufacturer"] = manufacturer(drives["model"])
    drives = drives.merge(pandas.read_csv(reviews_file), on="manufacturer", how="left")
    drives = drives[["date", "serial_number", "failure", *FEATURES]].dropna(subset=["pct_one_star"])
    first = drives[drives.failure == 1].groupby("serial_number").date.min()
    failed = drives.serial_number.map(first)
    drives = drives[failed.isna() | (drives.date <= failed)]
    drives = drives.sort_values("date", ascending=False).drop_duplicates("serial_number")
    serials = numpy.random.RandomState(42).permutation(drives.serial_number.unique())
    n = len(serials)
    cuts = numpy.cumsum([int(n * 0.4), int(n * 0.1), int(n * 0.1)])
    parts = dict(zip(["train", "validation", "test", "production"], numpy.split(serials, cuts)))
    tables = {}
    for name, members in parts.items():
        tables[name] = drives[drives.serial_number.isin(set(members))]
        tables[name].to_parquet(f"{work}/{name}.parquet", compression="snappy", index=False)
    return tables


def threshold_for(labels, scores) -> float:
    precision, recall, thresholds = precision_recall_curve(labels, scores)
    kept = [t for t, r in zip(thresholds, recall) if r >= 0.70]
    return min(kept, key=lambda t: ((scores >= t) & (labels == 0)).sum()) if kept else 0.5


def judge(labels, scores, threshold) -> dict:
    predicted = scores >= threshold
    return {
        "recall": float(predicted[labels == 1].mean()),
        "fpr": float(predicted[labels == 0].mean()),
        "roc_auc": roc_auc_score(labels, scores),
        "average_precision": average_precision_score(labels, scores),
    }


def main() -> None:
    tables = features(ingest())
    x = {name: table[FEATURES].fillna(0) for name, table in tables.items()}
    y = {name: table["failure"].to_numpy() for name, table in tables.items()}
    logistic = LogisticRegression(class_weight="balanced", max_iter=1000, random_state=42)
    logistic.fit(x["train"][SMART], y["train"])
    weight = float(numpy.sqrt((y["train"] == 0).sum() / (y["train"] == 1).sum()))
    parameters = dict(
        objective="binary", metric="auc", learning_rate=0.01, num_leaves=15, max_depth=4, min_child_samples=10,
        subsample=0.7, colsample_bytree=0.7, reg_alpha=1.0, reg_lambda=5.0, max_bin=127, seed=42, verbose=-1,
        force_row_wise=True, scale_pos_weight=weight,
    )  # fmt: skip
    booster = lightgbm.train(
        parameters,
        lightgbm.Dataset(x["train"], y["train"]),
        num_boost_round=3000,
        valid_sets=[lightgbm.Dataset(x["validation"], y["validation"])],
        callbacks=[lightgbm.early_stopping(300, verbose=False)],
    )
    answers = {}
    models = {
        "logistic": lambda t: logistic.predict_proba(t[SMART])[:, 1],
        "lightgbm": lambda t: booster.predict(t, num_iteration=booster.best_iteration),
    }
    for name, score in models.items():
        threshold = threshold_for(y["validation"], score(x["validation"]))
        answers[name] = {part: judge(y[part], score(x[part]), threshold) for part in ("validation", "test", "production")}
    baseline, now = x["train"], x["production"]
    answers["z"] = ((now.mean() - baseline.mean()).abs() / baseline.std()).to_dict()
    answers["null_pct"] = (100 * tables["production"][FEATURES].isna().mean()).to_dict()
    print(json.dumps(answers, default=float))


main()
