import { messageOf } from '../../common/errors.js';
import type { Environment } from '../../platform/ports/environment.js';
import { environmentOf, environmentsOf, type ProjectEnvironment } from '../../project/environments.js';
import type { Project } from '../../project/schema.js';
import { answer } from '../answer.js';
import { readsFiles } from '../operation.js';

interface OfProject {
  project: Project;
  /** The environment in use. */
  current: string;
  open: (name: string) => Promise<Environment>;
}

/** Where a project runs, which of the places is used, and where it may write. */
export const listEnvironments = readsFiles('environments.list', async (_at, asked: OfProject) => {
  const environments = await Promise.all(environmentsOf(asked.project).map((entry) => described(entry, asked)));
  return answer('environments', { environments });
});

/** One of them: account, region, bucket, and whether it may be written to. */
export const showEnvironment = readsFiles(
  'environments.show',
  async ({ signal }, { name, ...asked }: OfProject & { name: string }) => {
    const entry = environmentOf(asked.project, name);
    const environment = await asked.open(entry.name);
    const { bucket, readOnlyBecause = null } = environment;
    const account = (await environment.account?.({ signal })) ?? null;
    const { kind: place, ...about } = await described(entry, asked);
    return answer('environment', { ...about, place, account, bucket, readOnlyBecause });
  },
);

async function described(entry: ProjectEnvironment, { current, open }: OfProject) {
  const { name, kind } = entry;
  const isCurrent = name === current;
  try {
    const { region, profile, readOnly } = await open(name);
    const forbidden = 'write' in entry && entry.write === false;
    const writing = forbidden ? 'forbidden' : readOnly ? 'off' : 'on';
    const where = kind === 'local' ? 'this machine' : ['AWS', region, profile].filter(Boolean).join(', ');
    return { name, kind, where, writing, current: isCurrent };
  } catch (error) {
    return { name, kind, where: messageOf(error), writing: 'off', current: isCurrent };
  }
}
