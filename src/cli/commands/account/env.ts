import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { listEnvironments, showEnvironment } from '../../../operations/environments/list.js';
import { distrustAddress, trustAddress } from '../../../operations/environments/trust.js';
import { chooseEnvironment } from '../../../operations/environments/use.js';
import { turnOffWriting, turnOnWriting } from '../../../operations/environments/write.js';
import { environmentOf } from '../../../project/environments.js';
import type { Act } from '../../command-runner.js';
import { environmentName, type CliServices } from '../../context.js';
import { table } from '../../output.js';
import { performOnFiles } from '../../perform.js';

/** `mlops env …`: where a project runs, and where it may write. None of these changes an environment itself. */
export function addEnv(program: Command, act: Act, services: CliServices): void {
  const env = program.command('env').description('environments: where the project runs, and where it may write');
  env
    .command('list')
    .description('where the project runs, which of them is used, and where it may write')
    .action(
      act.project(async (at, _args, flags) => {
        const { project, output } = at;
        const open = (name: string) => services.openEnvironment(project, name);
        const current = environmentName(project, flags);
        const found = await performOnFiles(at, listEnvironments, { project, current, open });
        output.result(found, () =>
          table(
            ['', 'environment', 'where', 'writing'],
            found.environments.map(({ name, where, writing, current: used }) => [
              used ? '*' : '',
              name,
              where,
              writing,
            ]),
          ),
        );
      }),
    );
  env
    .command('show')
    .argument('[name]', 'which (default: the one in use)')
    .description('one environment: account, region, bucket, and whether it may be written to')
    .action(
      act.project(async (at, [asked], flags) => {
        const { project, output } = at;
        const open = (name: string) => services.openEnvironment(project, name);
        const current = environmentName(project, flags);
        const name = (asked as string | undefined) ?? current;
        const found = await performOnFiles(at, showEnvironment, { project, current, open, name });
        const { kind: _kind, schemaVersion: _version, readOnlyBecause, ...about } = found;
        output.result(found, () =>
          table(
            ['what', 'value'],
            [
              ...Object.entries(about).map(([key, value]) => [key, String(value ?? '–')]),
              ...(readOnlyBecause === null ? [] : [['read-only because', readOnlyBecause]]),
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
      act.project(async (at, [name]) => {
        const { project, output } = at;
        const used = await performOnFiles(at, chooseEnvironment, { project, name: name as string });
        output.result(used, () => `commands of ${project.file.name} use ${used.using} now`);
      }),
    );
  env
    .command('write')
    .argument('<name>', 'as mlops.json calls it')
    .option('--on', 'let commands change it (default)')
    .option('--off', 'make it read-only again')
    .description('turn writing to an AWS environment on or off, for you and this project alone')
    .action(
      act.project(async (at, [asked], flags) => {
        const { project, output } = at;
        if (flags.on && flags.off) throw new InputError('env write: found --on and --off, expected one of them');
        const { name, kind } = environmentOf(project, asked as string);
        if (kind === 'local')
          throw new InputError('env write: local is your own machine; found "local", expected an AWS environment');
        if (flags.off) {
          const off = await performOnFiles(at, turnOffWriting, { project, name });
          const text = off.before === 'off' ? `writing to ${name} was off already` : `${name} is read-only again`;
          return output.result(off, () => text);
        }
        const environment = await services.openEnvironment(project, name);
        const on = await performOnFiles(at, turnOnWriting, { project, environment });
        output.result(
          on,
          () =>
            `writing to ${name} is on: account ${on.account}, ${on.region}; turn it off with: mlops env write ${name} --off`,
        );
      }),
    );
  env
    .command('trust')
    .argument('<name>', 'as mlops.json calls it')
    .argument('[url]', "the environment's endpointUrl, as mlops.json has it")
    .option('--off', 'send nothing there any more')
    .description('let calls of an environment go elsewhere than to AWS, for you and this project alone')
    .action(
      act.project(async (at, [asked, address], flags) => {
        const { project, output } = at;
        const which = { project, name: asked as string, address: address as string | undefined };
        if (flags.off) {
          const off = await performOnFiles(at, distrustAddress, which);
          const { environment: name, before } = off;
          return output.result(off, () =>
            before ? `${name} is not trusted any more` : `nothing was trusted for ${name}`,
          );
        }
        const on = await performOnFiles(at, trustAddress, which);
        const { environment: name, trusted } = on;
        output.result(
          on,
          () =>
            `calls of ${name} go to ${trusted}, signed with your credentials; take it back with: mlops env trust ${name} --off`,
        );
      }),
    );
}
