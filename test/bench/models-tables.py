"""Writes the tables of the bench that come with packages, and those that several files make. Usage: FOLDER DATA."""
import sys, pathlib
import pandas as pd
from sklearn.datasets import load_breast_cancer, load_wine
import importlib.util

folder, data = map(pathlib.Path, sys.argv[1:3])
penguins = pathlib.Path(importlib.util.find_spec("palmerpenguins").origin).parent / "data" / "penguins.csv"
pd.read_csv(penguins).to_csv(folder / "penguins.csv", index=False)
wine = load_wine(as_frame=True).frame
wine["target"] = "class " + wine["target"].astype(str)
wine.to_csv(folder / "wine.csv", index=False)
load_breast_cancer(as_frame=True).frame.to_csv(folder / "cancer.csv", index=False)
if data.exists():
    pd.read_csv(data / "diabetes130/diabetic_data.csv.gz").to_csv(folder / "diabetes130.csv", index=False)
    homes = pd.read_csv(data / "house_prices/kc_house_data.csv")
    homes.to_csv(folder / "kc_house.csv", index=False)
    hours = next((data / "bikeshare/uci_bike_sharing").rglob("hour.csv*"))
    # registered and casual add up to what is counted.
    pd.read_csv(hours).drop(columns=["casual", "registered"]).to_csv(folder / "hour.csv", index=False)
    pdm = data / "pdm_azure"
    fails = pd.read_csv(pdm / "PdM_failures.csv").groupby("machineID").size().rename("failures")
    errors = pd.read_csv(pdm / "PdM_errors.csv", parse_dates=["datetime"])
    errors["day"] = errors.datetime.dt.floor("D")
    counts = errors.pivot_table(index=["machineID", "day"], columns="errorID", aggfunc="size", fill_value=0).reset_index()
    broken = pd.read_csv(pdm / "PdM_failures.csv", parse_dates=["datetime"])
    broken["day"] = broken.datetime.dt.floor("D")
    soon = set()
    for machine, day in zip(broken.machineID, broken.day):
        soon.update((machine, day - pd.Timedelta(days=back)) for back in range(3))
    counts["fails"] = [int((m, d) in soon) for m, d in zip(counts.machineID, counts.day)]
    counts = counts.merge(pd.read_csv(pdm / "PdM_machines.csv"), on="machineID")
    counts.drop(columns=["machineID"]).to_csv(folder / "pdm_azure.csv", index=False)
    rows = next((data / "lightgbm/lightgbm_examples").rglob("binary_classification/binary.train"))
    table = pd.read_csv(rows, sep="\t", header=None)
    table.columns = ["signal"] + [f"f{n}" for n in range(1, table.shape[1])]
    table.to_csv(folder / "higgs.csv", index=False)
