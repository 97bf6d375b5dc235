import { Option, type Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { apiRoles, type ApiRoleName } from '../../../documents/api-users.js';
import { addApiUser, listApiUsers, removeApiUser } from '../../../operations/api/users.js';
import type { Act } from '../../command-runner.js';
import { table } from '../../output.js';
import { performOnFiles } from '../../perform.js';
import { askHidden, canAsk, firstLineOfInput } from '../../terminal-question.js';

/** `mlops api user`: who may call the routes of the project's api. */
export function addApi(program: Command, act: Act): void {
  const api = program.command('api').description('the served api of the project');
  const user = api.command('user').description('who may call it, where "api": { "auth": { "kind": "jwt" } }');
  user
    .command('add')
    .argument('<name>', 'of the user')
    .addOption(new Option('--role <role>', 'what they may').choices(apiRoles).makeOptionMandatory())
    .description('let somebody call it; the password is asked for, or read from standard input')
    .action(
      act.project(async ({ project, output, signal }, [name], flags) => {
        const password = await passwordOf(name as string, signal);
        const wish = { folder: project.folder, name: name as string, role: flags.role as ApiRoleName, password };
        const added = await performOnFiles({ output, signal }, addApiUser, wish);
        output.result(added, () => `${added.name} may call it as ${added.role}`);
      }),
    );
  user
    .command('list')
    .description('who may call it')
    .action(
      act.project(async ({ project, output, signal }) => {
        const found = await performOnFiles({ output, signal }, listApiUsers, { folder: project.folder });
        output.result(found, () =>
          found.users.length === 0
            ? 'nobody yet; add somebody with: mlops api user add NAME --role predictor'
            : table(
                ['user', 'role', 'since'],
                found.users.map(({ name, role, since }) => [name, role, since]),
              ),
        );
      }),
    );
  user
    .command('remove')
    .argument('<name>', 'of the user')
    .description('let somebody call it no longer, with whatever token')
    .action(
      act.project(async ({ project, output, signal }, [name]) => {
        const wish = { folder: project.folder, name: name as string };
        const gone = await performOnFiles({ output, signal }, removeApiUser, wish);
        output.result(gone, () => `${gone.name} may call it no longer`);
      }),
    );
}

/** Never an argument, which others on the machine see and shells remember. */
async function passwordOf(name: string, signal: AbortSignal): Promise<string> {
  if (!canAsk()) return firstLineOfInput(signal);
  const password = await askHidden(`Password for ${name}: `, signal);
  if ((await askHidden('Once more: ', signal)) === password) return password;
  throw new InputError('api user: the two passwords differ, so nobody was added');
}
