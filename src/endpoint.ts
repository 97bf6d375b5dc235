/**
 * The process of one endpoint: `endpoint.js <project>/.mlops/endpoints/<name>`.
 * It belongs to the project, not to the process that started it, and ends when it is stopped, removed or idle for too long.
 */
import { messageOf } from './common/errors.js';
import { openEndpointStore } from './platform/local/endpoints/store.js';
import { openLocal } from './platform/local/index.js';
import { apiUsersFile, readApiUsers } from './platform/permissions/api-users.js';
import { requireTrusted } from './platform/permissions/command-trust.js';
import { userPackages } from './platform/permissions/user-file.js';
import { serveEndpoint } from './serving/serve-endpoint.js';

const idleSeconds = Number(process.env.MLOPS_ENDPOINT_IDLE_SECONDS ?? 12 * 3600);

/** Standard error is the endpoint's log file. */
function log(text: string): void {
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
}

async function main(folder: string): Promise<void> {
  const store = await openEndpointStore(folder);
  if (store === undefined) return log('another process serves this endpoint already');
  const { projectFolder, project, bucket, secrets } = store;
  const environment = openLocal({ projectFolder, project, bucket });
  const scoring = {
    folder: projectFolder,
    packages: userPackages(),
    mayRun: (command: readonly string[], what: string) => requireTrusted(projectFolder, command, what),
    log,
  };
  const idleMs = idleSeconds * 1000;
  const usersFile = apiUsersFile(projectFolder);
  const users = () => readApiUsers(usersFile);
  const { stop, ended } = await serveEndpoint({ store, environment, secrets, idleMs, scoring, users, log });
  process.on('SIGTERM', () => stop('terminated'));
  process.on('SIGINT', () => stop('interrupted'));
  await ended;
}

main(process.argv[2] ?? '').then(
  () => process.exit(0),
  (error: unknown) => {
    log(messageOf(error));
    process.exit(4);
  },
);
