import type { ProjectFile } from '../../project/schema.js';

interface Task {
  id: string;
  /** What follows `mlops`. */
  words: string;
  /** Exit codes that are an answer about the model, not a failure of the task. */
  answers?: readonly number[];
  retries: number;
  hours: number;
}

interface Dag {
  id: string;
  about: string;
  schedule: string | undefined;
  tags: string[];
  tasks: Task[];
}

/** Three DAGs: learn, bring out, watch. Each task is one command, so what fails is tried again alone. */
export function dagsOf(file: ProjectFile, environment: string): Dag[] {
  const { name, endpoint, monitor } = file;
  const at = `--env ${environment}`;
  const task = (id: string, words: string, extra: Partial<Task> = {}): Task => ({
    ...{ id, words: `${words} ${at}`, retries: 1, hours: 6 },
    ...extra,
  });
  return [
    {
      id: `${name}_training`,
      about: 'New data, features, candidates and their search; the best one is registered.',
      schedule: undefined,
      tags: ['mlops', name, 'training'],
      tasks: [task('ingest', 'ingest'), task('features', 'features'), task('train', 'train', { hours: 24 })],
    },
    {
      id: `${name}_deployment`,
      about: 'The admission gate, the newest approved version step by step, and what serves then.',
      schedule: undefined,
      tags: ['mlops', name, 'deployment'],
      tasks: [
        // A release that goes wrong takes itself back: tried again, it would go wrong again.
        task('release', `release start --reason "$AIRFLOW_CTX_DAG_RUN_ID" --yes --confirm ${endpointOf(file)}`, {
          retries: 0,
        }),
        task('check', `endpoint show ${endpointOf(file)}`),
      ],
    },
    {
      id: `${name}_monitoring`,
      about:
        'New rows and batches are judged; what the verdict asks for is done; a verdict that is not well fails the run.',
      schedule: monitor.schedule ?? 'daily',
      tags: ['mlops', name, 'monitoring'],
      tasks: [
        task('judge', 'monitor', { answers: [0, 1, 3] }),
        task('retrain', 'retrain --reason "$AIRFLOW_CTX_DAG_RUN_ID"', { answers: [0, 1, 3], hours: 24 }),
        task('verdict', 'gate', { retries: 0 }),
      ],
    },
  ].map((dag) => ({ ...dag, tags: [...dag.tags, endpoint.name].filter((tag, at, all) => all.indexOf(tag) === at) }));
}

/** The endpoint that a release leads to. */
function endpointOf({ name, endpoint, endpoints, release }: ProjectFile): string {
  const key = release?.to;
  if (endpoints === undefined || key === undefined) return endpoint.name;
  return endpoints[key]?.name ?? `${name}-${key}`;
}

/** The variable by which Airflow's machines know where the project lies. */
export const folderVariable = (name: string): string => `MLOPS_PROJECT_${name.toUpperCase().replaceAll('-', '_')}`;

/** A DAG as a file of Python. Source: "Core concepts" of Airflow's documentation, version 3. */
export function dagText(file: ProjectFile, { id, about, schedule, tags, tasks }: Dag): string {
  const text = (value: string) => JSON.stringify(value);
  const lines = tasks.map(({ id: task, words, answers = [0], retries, hours }) =>
    [
      `    ${variable(task)} = BashOperator(`,
      `        task_id=${text(task)},`,
      `        bash_command=command(${text(words)}, answers=(${answers.join(', ')},)),`,
      '        cwd=PROJECT,',
      '        append_env=True,',
      `        retries=${retries},`,
      '        retry_delay=timedelta(minutes=5),',
      `        execution_timeout=timedelta(hours=${hours}),`,
      '    )',
    ].join('\n'),
  );
  return `"""${about}

Written by mlops pipeline export --to airflow from mlops.json; written again, it is replaced.
"""

import os
from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

# The project's folder on Airflow's machines; credentials are theirs, none is here.
PROJECT = os.environ.get(${text(folderVariable(file.name))}, ${text(`/opt/airflow/projects/${file.name}`)})


def command(words, answers):
    """Runs mlops; codes among the answers say something of the model, not of the task."""
    codes = "|".join(str(code) for code in answers)
    return f'code=0; mlops {words} || code=$?; case "$code" in {codes}) exit 0 ;; *) exit "$code" ;; esac'


with DAG(
    dag_id=${text(id)},
    description=${text(about)},
    schedule=${schedule === undefined ? 'None' : text(`@${schedule}`)},
    start_date=datetime(2025, 1, 1),
    catchup=False,
    # A project's work is done one after the other; a second one would wait for the first.
    max_active_runs=1,
    tags=[${tags.map(text).join(', ')}],
):
${lines.join('\n')}
    ${tasks.map(({ id: task }) => variable(task)).join(' >> ')}
`;
}

const variable = (task: string): string => `${task}_task`;
