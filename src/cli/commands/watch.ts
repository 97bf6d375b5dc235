import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { CancelledError, ExitCode, InputError } from '../../common/errors.js';
import type { Said } from '../../documents/watching/watcher.js';
import { watcherPlatforms, type WatcherPlatform } from '../../export/watcher/what.js';
import { watcherInstall } from '../../operations/watching/install.js';
import { watchProject } from '../../operations/watching/watch.js';
import { durationSchema, secondsOf } from '../../project/duration.js';
import { formatMoment } from '../../report/format/dates.js';
import { plural } from '../../report/format/words.js';
import type { Act, Flags } from '../command-runner.js';
import type { Workspace } from '../context.js';
import { refuseIdle } from '../no-effect.js';
import { perform, performOnFiles } from '../perform.js';

export function addWatch(program: Command, act: Act): void {
  program
    .command('watch')
    .option('--once', 'look once, and end: for a timer of your system')
    .option('--for <duration>', 'end after this long, such as 10m (default: when you end it)')
    .option('--until-input-ends', 'end when standard input ends: for a program that watches by it')
    .option('--install', 'print the commands by which your system watches by itself; nothing is installed')
    .addOption(
      new Option('--for-platform <name>', 'with --install: which system (default: this one)').choices(watcherPlatforms),
    )
    .description('evaluate the alarms of the project, and act on them, until you end it')
    .action(
      act(async (workspace, _args, flags) => {
        const [once, install] = [flags.once === true, flags.install === true];
        const untilInputEnds = flags.untilInputEnds === true;
        refuseIdle('watch', flags, [
          { option: 'for', met: !once, expected: 'with --once it ends by itself' },
          { option: 'for', met: !install, expected: 'what a system starts goes on' },
          { option: 'untilInputEnds', met: !once, expected: 'with --once it ends by itself' },
          { option: 'untilInputEnds', met: !install, expected: 'what a system starts has no input' },
          { option: 'forPlatform', met: install, expected: 'add: --install' },
        ]);
        if (install) return showInstall(workspace, once, flags);
        if (!untilInputEnds) return watch(workspace, once, flags);
        const input = inputEnds();
        const signal = AbortSignal.any([workspace.signal, input.signal]);
        return watch({ ...workspace, signal }, once, flags).finally(input.leave);
      }),
    );
}

async function watch(workspace: Workspace, once: boolean, flags: Flags): Promise<number> {
  const { output } = workspace;
  const seconds = flags.for === undefined ? undefined : secondsIn(flags.for as string);
  const tell = ({ at, duty, text, failed }: Said) =>
    failed
      ? output.warn(`${formatMoment(at)} ${duty} failed: ${text}`)
      : output.note(`${formatMoment(at)} ${duty}: ${text}`);
  const watched = await perform(
    workspace,
    watchProject,
    { once, seconds, byWindow: flags.untilInputEnds === true, tell },
    flags,
  );
  output.result(watched, () =>
    watched.duties.map(({ name, looks, failures, said }) => {
      const failed = failures === 0 ? '' : `, ${failures} failed`;
      return `${name}: ${looks} ${plural(looks, 'look')}${failed}; ${said ?? 'nothing changed'}`;
    }),
  );
  return once && watched.duties.some(({ failed }) => failed) ? ExitCode.broke : ExitCode.done;
}

/** Aborted when whoever started this process is gone, also when it was killed: its end of the pipe goes with it. */
function inputEnds(): { signal: AbortSignal; leave: () => void } {
  const { stdin } = process;
  const ended = new AbortController();
  const end = () => ended.abort(new CancelledError());
  stdin.once('end', end).once('close', end).once('error', end).resume();
  return { signal: ended.signal, leave: () => stdin.destroy() };
}

/** On stdout what a shell runs as it stands, the rest beside it. */
async function showInstall(workspace: Workspace, once: boolean, flags: Flags): Promise<number> {
  const { project, environment, output } = workspace;
  const platform = (flags.forPlatform as WatcherPlatform | undefined) ?? thisPlatform();
  const program = [process.execPath, resolve(process.argv[1] ?? 'mlops')];
  const wish = { project, environment: environment.name, platform, once, program };
  const made = await performOnFiles(workspace, watcherInstall, wish);
  output.result(made, () => made.commands.flatMap((command) => command.split('\n')));
  output.note([
    'Nothing was installed: run the lines above to have it.',
    ...made.notes.map((note) => `- ${note}`),
    ...['To take it away again:', ...made.remove.map((command) => `  ${command}`)],
  ]);
  return ExitCode.done;
}

function thisPlatform(): WatcherPlatform {
  if (process.platform === 'win32') return 'windows';
  return process.platform === 'darwin' ? 'macos' : 'linux';
}

function secondsIn(text: string): number {
  if (durationSchema.safeParse(text).success) return secondsOf(text);
  throw new InputError(`--for: found "${text}", expected a number with s, m, h or d behind it, such as 10m`);
}
