"""Loads folders of DAGs as Airflow does, and prints each DAG's tasks in their order."""

import json
import sys

from airflow.dag_processing.dagbag import DagBag

found = {}
for folder in sys.argv[1:]:
    bag = DagBag(dag_folder=folder)
    if bag.import_errors:
        sys.exit(json.dumps(bag.import_errors))
    for dag_id, dag in bag.dags.items():
        found[dag_id] = [task.task_id for task in dag.topological_sort()]
print(json.dumps(found))
