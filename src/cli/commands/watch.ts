import type { Command } from 'commander';
import { ExitCode, InputError } from '../../common/errors.js';
import type { Said } from '../../documents/watching/watcher.js';
import { watchProject } from '../../operations/watching/watch.js';
import { durationSchema, secondsOf } from '../../project/duration.js';
import { formatMoment } from '../../report/format/dates.js';
import { plural } from '../../report/format/words.js';
import type { Act } from '../command-runner.js';
import { refuseIdle } from '../no-effect.js';
import { perform } from '../perform.js';

export function addWatch(program: Command, act: Act): void {
  program
    .command('watch')
    .option('--once', 'look once, and end: for a timer of your system')
    .option('--for <duration>', 'end after this long, such as 10m (default: when you end it)')
    .description('evaluate the alarms of the project, and act on them, until you end it')
    .action(
      act(async (workspace, _args, flags) => {
        const { output } = workspace;
        const once = flags.once === true;
        refuseIdle('watch', flags, [{ option: 'for', met: !once, expected: 'with --once it ends by itself' }]);
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
      }),
    );
}

function secondsIn(text: string): number {
  if (durationSchema.safeParse(text).success) return secondsOf(text);
  throw new InputError(`--for: found "${text}", expected a number with s, m, h or d behind it, such as 10m`);
}
