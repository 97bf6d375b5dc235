import type { ProjectFile } from '../../project/schema.js';
import type { Delivery } from '../delivery/served.js';
import { dagsOf, dagText, folderVariable } from './dags.js';

/** The project's work as DAGs of Airflow 3: the same files for the same `mlops.json` and environment. */
export function airflowFiles(file: ProjectFile, environment: string): Delivery {
  const dags = dagsOf(file, environment);
  const name = (id: string) => `dags/${id.replaceAll('-', '_')}.py`;
  const readme = `# ${file.name} with Airflow

For Airflow 3 with its standard provider. Copy \`dags/\` into the folder of DAGs; on every worker install \`mlops\` and put the
project where \`${folderVariable(file.name)}\` says (\`/opt/airflow/projects/${file.name}\` without it).

| DAG | runs | does |
| --- | --- | --- |
${dags.map(({ id, schedule, about }) => `| \`${id}\` | ${schedule ?? 'by hand'} | ${about} |`).join('\n')}

Each runs in the environment \`${environment}\`. In an account the workers' own role is taken, and writing is turned on once:
\`mlops env write ${environment} --on\`. No task holds a secret.

A gate that fails is an answer, not a failure of \`judge\`: what follows is \`retrain\`, which does what the decision says and nothing
without one; then \`verdict\` fails the run when the newest verdict is not well, so that Airflow tells whom it tells of failures.
New files of batches are judged by \`judge\` too.
`;
  return {
    left: [],
    files: [
      ...dags.map((dag) => ({ name: name(dag.id), text: dagText(file, dag) })),
      { name: 'README.md', text: readme },
    ],
  };
}
