import type { Command } from 'commander';
import { InputError, RefusedError } from '../../../common/errors.js';
import { shellWord } from '../../../common/processes/shell-word.js';
import { answer } from '../../../operations/answer.js';
import {
  allowCommands,
  allowedCommands,
  revokeCommands,
  trustedSince,
} from '../../../platform/permissions/command-trust.js';
import { grantsFile } from '../../../platform/permissions/user-file.js';
import { commandSchema, commandText, everyCommandOf, type ProjectCommand } from '../../../project/commands.js';
import type { Project } from '../../../project/schema.js';
import type { Act, Flags } from '../../command-runner.js';
import { table, type Output } from '../../output.js';
import { ask, canAsk } from '../../terminal-question.js';

/**
 * `mlops trust`: which commands of the project may run. Its user says so to a question, or with the very text; it is no
 * operation, so that nothing but a person at a door for people comes here.
 */
export function addTrust(program: Command, act: Act): void {
  program
    .command('trust')
    .argument('[command...]', 'one that mlops.json does not name, after "--": -- python serve.py')
    .option('--list', 'only show which commands there are, and which of them may run')
    .option('--revoke', 'let none of them run any more')
    .description('let the commands of mlops.json run in this folder, word for word, for you alone')
    .action(
      act.project(async ({ project, output, signal }, [words], flags) => {
        const given = words as string[];
        if (flags.list && flags.revoke) throw new InputError('trust: found --list and --revoke, expected one of them');
        if ((flags.list || flags.revoke) && given.length > 0)
          throw new InputError(`trust: found a command beside ${flags.list ? '--list' : '--revoke'}, expected none`);
        if (flags.revoke) await revokeCommands(project.folder);
        else if (!flags.list) await allow(project, given, flags, signal);
        show(project, output);
      }),
    );
}

async function allow(project: Project, given: string[], flags: Flags, signal: AbortSignal) {
  const { folder, file } = project;
  const named = given.length === 0 ? everyCommandOf(file) : [{ what: 'command', command: wellFormed(given) }];
  const wanted = named.filter(({ command }) => trustedSince(folder, command) === undefined);
  if (wanted.length === 0) return;
  const confirmed = await confirmedOf(folder, wanted, flags, signal);
  await allowCommands(
    folder,
    confirmed.map(({ command }) => command),
  );
}

function wellFormed(words: string[]): string[] {
  const { success, data } = commandSchema.safeParse(words);
  if (success) return data;
  throw new InputError('trust: found characters that cannot be seen in the command, expected plain words');
}

/**
 * Those that were confirmed: all of them by an answer at a terminal, or one by its text.
 * @throws RefusedError when none was
 */
async function confirmedOf(
  folder: string,
  wanted: ProjectCommand[],
  { yes, confirm }: Flags,
  signal: AbortSignal,
): Promise<ProjectCommand[]> {
  if (yes && typeof confirm === 'string') {
    const meant = wanted.filter(({ command }) => commandText(command) === confirm);
    if (meant.length > 0) return meant;
  } else if (!yes && canAsk()) {
    const texts = wanted.map(({ what, command }) => `  ${what}: ${commandText(command)}`);
    const question = [`Run in ${folder}, as you and with your rights:`, ...texts, 'Allow exactly this? Type yes: '];
    if ((await ask(question, signal)) === 'yes') return wanted;
    throw new RefusedError('trust: not confirmed, so nothing was allowed');
  }
  const ways = wanted.map(({ command }) => `  --yes --confirm ${shellWord(commandText(command))}`);
  throw new RefusedError([
    'trust: nothing was allowed, for no text was confirmed; add the one that you mean:',
    ...ways,
  ]);
}

/** Every command that the project names or its user allowed here. */
function show({ folder, file }: Project, output: Output): void {
  const named = everyCommandOf(file);
  const texts = new Set(named.map(({ command }) => commandText(command)));
  const others = allowedCommands(folder)
    .filter(({ command }) => !texts.has(commandText(command)))
    .map(({ command }) => ({ what: null, command }));
  const commands = [...named, ...others].map(({ what, command }) => {
    const since = trustedSince(folder, command) ?? null;
    return { what, text: commandText(command), command, allowed: since !== null, since };
  });
  output.result(answer('command-trust', { folder, file: grantsFile(), commands }), () =>
    commands.length === 0
      ? 'mlops.json names no command, so there is nothing to allow'
      : table(
          ['for', 'command', 'may run'],
          commands.map(({ what, text, since }) => [what ?? '–', text, since === null ? 'no' : `since ${since}`]),
        ),
  );
}
