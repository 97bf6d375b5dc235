"""What MLflow's own client sees of an experiment and a registered model, as JSON: mlflow_tracking.py URL EXPERIMENT MODEL"""

import json
import sys
import tempfile
from pathlib import Path

import mlflow
from mlflow import MlflowClient
from mlflow.models import Model

url, experiment, name = sys.argv[1:4]
mlflow.set_tracking_uri(url)
client = MlflowClient()
found = client.get_experiment_by_name(experiment)
runs = client.search_runs([found.experiment_id], max_results=1000)
told = [
    {
        "name": run.info.run_name,
        "status": run.info.status,
        "params": run.data.params,
        "metrics": run.data.metrics,
        "tags": {key: value for key, value in run.data.tags.items()},
        "id": run.info.run_id,
    }
    for run in runs
]
version = client.get_model_version_by_alias(name, "champion")
with tempfile.TemporaryDirectory() as folder:
    artifacts = sorted(path.path for folder_ in ("model", "preprocessor") for path in client.list_artifacts(version.run_id, folder_))
    local = client.download_artifacts(version.run_id, "model", folder)
    model = Model.load(str(Path(local) / "MLmodel"))
    sizes = {path.name: path.stat().st_size for path in Path(local).iterdir()}
    inputs = [column.name for column in model.signature.inputs]
print(json.dumps({"runs": told, "version": version.version, "run": version.run_id, "source": version.source, "artifacts": artifacts, "sizes": sizes, "flavors": list(model.flavors), "inputs": inputs}))
