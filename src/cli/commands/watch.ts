import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { ExitCode, InputError } from '../../common/errors.js';
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
    .option('--install', 'print the commands by which your system watches by itself; nothing is installed')
    .addOption(
      new Option('--for-platform <name>', 'with --install: which system (default: this one)').choices(watcherPlatforms),
    )
    .description('evaluate the alarms of the project, and act on them, until you end it')
    .action(
      act(async (workspace, _args, flags) => {
        const [once, install] = [flags.once === true, flags.install === true];
        refuseIdle('watch', flags, [
          { option: 'for', met: !once, expected: 'with --once it ends by itself' },
          { option: 'for', met: !install, expected: 'what a system starts goes on' },
          { option: 'forPlatform', met: install, expected: 'add: --install' },
        ]);
        return install ? showInstall(workspace, once, flags) : watch(workspace, once, flags);
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
  const watched = await perform(workspace, watchProject, { once, seconds, tell }, flags);
  output.result(watched, () =>
    watched.duties.map(({ name, looks, failures, said }) => {
      const failed = failures === 0 ? '' : `, ${failures} failed`;
      return `${name}: ${looks} ${plural(looks, 'look')}${failed}; ${said ?? 'nothing changed'}`;
    }),
  );
  return once && watched.duties.some(({ failed }) => failed) ? ExitCode.broke : ExitCode.done;
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
