import type { Command } from 'commander';
import { InputError, messageOf, RefusedError } from '../../common/errors.js';
import { addGrant, grantsFile, projectKey, removeGrants, useEnvironment } from '../../platform/grants.js';
import type { Environment } from '../../platform/ports.js';
import { environmentOf, environmentsOf, type ProjectEnvironment } from '../../project/environments.js';
import type { Project } from '../../project/schema.js';
import type { Act } from '../act.js';
import { answer } from '../answer.js';
import { environmentName, type Doors } from '../context.js';
import { table } from '../output.js';

/** `mlops env …`: where a project runs, and where it may write. None of these changes an environment itself. */
export function addEnv(program: Command, act: Act, doors: Doors): void {
  const env = program.command('env').description('environments: where the project runs, and where it may write');
  env.command('list').action(
    act.project(async ({ project, output }, _args, flags) => {
      const current = environmentName(project, flags);
      const environments = await Promise.all(
        environmentsOf(project).map((entry) => described(doors, project, entry, entry.name === current)),
      );
      output.result(answer('environments', { environments }), () =>
        table(
          ['', 'environment', 'where', 'writing'],
          environments.map(({ name, where, writing, current: used }) => [used ? '*' : '', name, where, writing]),
        ),
      );
    }),
  );
  env
    .command('show')
    .argument('[name]', 'which (default: the one in use)')
    .action(
      act.project(async ({ project, output, signal }, [name], flags) => {
        const current = environmentName(project, flags);
        const entry = environmentOf(project, (name as string | undefined) ?? current);
        const environment = await doors.openEnvironment(project, entry.name);
        const { bucket, readOnlyBecause } = environment;
        const account = (await environment.account?.({ signal })) ?? null;
        const { kind: place, ...about } = await described(doors, project, entry, entry.name === current);
        const found = { ...about, place, account, bucket };
        output.result(answer('environment', { ...found, readOnlyBecause: readOnlyBecause ?? null }), () =>
          table(
            ['what', 'value'],
            [
              ...Object.entries(found).map(([key, value]) => [key, String(value ?? '–')]),
              ...(readOnlyBecause === undefined ? [] : [['read-only because', readOnlyBecause]]),
            ],
          ),
        );
      }),
    );
  env
    .command('use')
    .argument('<name>')
    .description('the environment of commands that name none')
    .action(
      act.project(async ({ project, output }, [name]) => {
        const { name: environment } = environmentOf(project, name as string);
        await useEnvironment({ ...projectKey(project), environment });
        output.result(
          answer('environment-used', { using: environment }),
          () => `commands of ${project.file.name} use ${environment} now`,
        );
      }),
    );
  env
    .command('write')
    .argument('<name>')
    .option('--on', 'let commands change it (default)')
    .option('--off', 'make it read-only again')
    .description('turn writing to an AWS environment on or off, for you and this project alone')
    .action(
      act.project(async ({ project, output, signal }, [name], flags) => {
        if (flags.on && flags.off) throw new InputError('env write: found --on and --off, expected one of them');
        const entry = environmentOf(project, name as string);
        if (entry.kind === 'local')
          throw new InputError('env write: local is your own machine; found "local", expected an AWS environment');
        const turned = flags.off
          ? await turnOff(project, entry.name)
          : await turnOn(project, await doors.openEnvironment(project, entry.name), entry, signal);
        output.result(answer('environment-writing', turned.document), () => turned.text);
      }),
    );
}

async function turnOff(project: Project, environment: string) {
  const gone = await removeGrants({ ...projectKey(project), environment });
  const text = gone.length === 0 ? `writing to ${environment} was off already` : `${environment} is read-only again`;
  return { document: { environment, writing: 'off' }, text };
}

/** The grant is for the account that the credentials of this moment belong to. */
async function turnOn(project: Project, environment: Environment, entry: ProjectEnvironment, signal: AbortSignal) {
  const { name, region } = environment;
  if ('write' in entry && entry.write === false)
    throw new RefusedError(
      `environment ${name}: mlops.json forbids writing to it (environments.${name}.write is false)`,
    );
  const account = await environment.account?.({ signal });
  if (!account) throw new InputError(`environment ${name}: found no account, expected credentials that belong to one`);
  await addGrant({ ...projectKey(project), environment: name, account, since: new Date().toISOString() });
  return {
    document: { environment: name, writing: 'on', account, region, file: grantsFile() },
    text: `writing to ${name} is on: account ${account}, ${region}; turn it off with: mlops env write ${name} --off`,
  };
}

async function described(doors: Doors, project: Project, entry: ProjectEnvironment, current: boolean) {
  const { name, kind } = entry;
  try {
    const { region, profile, readOnly } = await doors.openEnvironment(project, name);
    const forbidden = 'write' in entry && entry.write === false;
    const writing = forbidden ? 'forbidden' : readOnly ? 'off' : 'on';
    const where = kind === 'local' ? 'this machine' : ['AWS', region, profile].filter(Boolean).join(', ');
    return { name, kind, where, writing, current };
  } catch (error) {
    return { name, kind, where: messageOf(error), writing: 'off', current };
  }
}
