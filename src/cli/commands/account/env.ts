import type { Command } from 'commander';
import { InputError, messageOf, RefusedError } from '../../../common/errors.js';
import { addGrant, projectKey, removeGrants, useEnvironment } from '../../../platform/permissions/grants.js';
import type { Environment } from '../../../platform/ports/environment.js';
import { addTrust, removeTrust } from '../../../platform/permissions/trust.js';
import { grantsFile } from '../../../platform/permissions/user-file.js';
import { needsTrust } from '../../../project/endpoint-url.js';
import { environmentOf, environmentsOf, type ProjectEnvironment } from '../../../project/environments.js';
import type { Project } from '../../../project/schema.js';
import type { Act } from '../../command-runner.js';
import { answer } from '../../../operations/answer.js';
import { environmentName, type CliServices } from '../../context.js';
import { table } from '../../output.js';

/** `mlops env …`: where a project runs, and where it may write. None of these changes an environment itself. */
export function addEnv(program: Command, act: Act, services: CliServices): void {
  const env = program.command('env').description('environments: where the project runs, and where it may write');
  env
    .command('list')
    .description('where the project runs, which of them is used, and where it may write')
    .action(
      act.project(async ({ project, output }, _args, flags) => {
        const current = environmentName(project, flags);
        const environments = await Promise.all(
          environmentsOf(project).map((entry) => described(services, project, entry, entry.name === current)),
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
    .description('one environment: account, region, bucket, and whether it may be written to')
    .action(
      act.project(async ({ project, output, signal }, [name], flags) => {
        const current = environmentName(project, flags);
        const entry = environmentOf(project, (name as string | undefined) ?? current);
        const environment = await services.openEnvironment(project, entry.name);
        const { bucket, readOnlyBecause } = environment;
        const account = (await environment.account?.({ signal })) ?? null;
        const { kind: place, ...about } = await described(services, project, entry, entry.name === current);
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
    .argument('<name>', 'as mlops.json calls it')
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
    .argument('<name>', 'as mlops.json calls it')
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
          : await turnOn(project, await services.openEnvironment(project, entry.name), entry, signal);
        output.result(answer('environment-writing', turned.document), () => turned.text);
      }),
    );
  env
    .command('trust')
    .argument('<name>', 'as mlops.json calls it')
    .argument('[url]', "the environment's endpointUrl, as mlops.json has it")
    .option('--off', 'send nothing there any more')
    .description('let calls of an environment go elsewhere than to AWS, for you and this project alone')
    .action(
      act.project(async ({ project, output }, [name, url], flags) => {
        const entry = environmentOf(project, name as string);
        const turned = flags.off
          ? await distrust(project, entry.name)
          : await trust(project, entry, url as string | undefined);
        output.result(answer('environment-trust', turned.document), () => turned.text);
      }),
    );
}

/** The address is typed, so that what is confirmed is what was seen. */
async function trust(project: Project, entry: ProjectEnvironment, address: string | undefined) {
  const { name } = entry;
  const found = 'endpointUrl' in entry ? entry.endpointUrl : undefined;
  if (found === undefined || !needsTrust(found)) {
    const where = found === undefined ? 'to AWS itself' : `to ${found}, on this machine`;
    throw new InputError(`env trust: environment ${name} sends its calls ${where}, which needs no trust`);
  }
  if (address !== found)
    throw new InputError(
      `env trust: found ${address ?? 'no address'}, expected environments.${name}.endpointUrl: ${found}`,
    );
  await addTrust({ ...projectKey(project), environment: name, endpointUrl: found, since: new Date().toISOString() });
  return {
    document: { environment: name, trusted: found, file: grantsFile() },
    text: `calls of ${name} go to ${found}, signed with your credentials; take it back with: mlops env trust ${name} --off`,
  };
}

async function distrust(project: Project, environment: string) {
  const gone = await removeTrust({ ...projectKey(project), environment });
  const text = gone.length === 0 ? `nothing was trusted for ${environment}` : `${environment} is not trusted any more`;
  return { document: { environment, trusted: null }, text };
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

async function described(services: CliServices, project: Project, entry: ProjectEnvironment, current: boolean) {
  const { name, kind } = entry;
  try {
    const { region, profile, readOnly } = await services.openEnvironment(project, name);
    const forbidden = 'write' in entry && entry.write === false;
    const writing = forbidden ? 'forbidden' : readOnly ? 'off' : 'on';
    const where = kind === 'local' ? 'this machine' : ['AWS', region, profile].filter(Boolean).join(', ');
    return { name, kind, where, writing, current };
  } catch (error) {
    return { name, kind, where: messageOf(error), writing: 'off', current };
  }
}
