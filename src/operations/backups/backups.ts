import { resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { restoreBackup } from '../../pipeline/backup/restore-backup.js';
import { writeBackup } from '../../pipeline/backup/write-backup.js';
import type { Environment } from '../../platform/ports/environment.js';
import { answer } from '../answer.js';
import { changes } from '../operation.js';

/** What lies in an account is kept by the account: versions of its bucket. */
function mustBeHere({ kind, name }: Environment): void {
  if (kind !== 'local')
    throw new InputError(
      `environment ${name}: found one in an account, expected local: S3 keeps versions of its objects`,
    );
}

/** Everything of the local environment in one file, with nobody changing it meanwhile. */
export const makeBackup = changes(
  'backups.make',
  { purpose: (_: { file: string }) => 'back up' },
  async ({ project, environment, signal }, { file }) => {
    mustBeHere(environment);
    const { folder } = project;
    const written = await writeBackup(resolve(file), { folder, project: project.file.name, now: new Date() }, signal);
    return answer('backup-made', { file: resolve(file), ...written });
  },
);

/** The local environment as a backup holds it. */
export const bringBack = changes(
  'backups.restore',
  { purpose: (_: { file: string }) => 'restore a backup' },
  async ({ project, environment, signal }, { file }) => {
    mustBeHere(environment);
    const at = { folder: project.folder, project: project.file.name };
    return answer('backup-restored', { file: resolve(file), ...(await restoreBackup(resolve(file), at, signal)) });
  },
);
