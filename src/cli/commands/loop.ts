import type { Command } from 'commander';
import { ExitCode } from '../../common/errors.js';
import { showLoop } from '../../operations/watching/loop.js';
import { formatMoment } from '../../report/format/dates.js';
import { plural } from '../../report/format/words.js';
import type { Act } from '../command-runner.js';
import { perform } from '../perform.js';

type LoopStatus = Awaited<ReturnType<typeof showLoop.run>>;

const actions = { none: 'nothing to do', warn: 'a warning', retrain: 'retrain', hold: 'held' } as const;

export function addLoop(program: Command, act: Act): void {
  program
    .command('loop')
    .description('what the loop did last, and what it would decide now; nothing is done')
    .action(
      act(async (workspace, _args, flags) => {
        const status = await perform(workspace, showLoop, undefined, flags);
        workspace.output.result(status, () => loopText(status));
        return ExitCode.done;
      }),
    );
}

function loopText({ on, lookedAt, decision, retraining, fruitless }: LoopStatus): string[] {
  const { action, why, until, escalated, evidence } = decision;
  const held = until === null ? '' : ` (until ${formatMoment(until)})`;
  return [
    `now: ${actions[action]}: ${why}${held}`,
    ...(escalated === undefined ? [] : [`  ${escalated}`]),
    ...evidence.map((key) => `  from ${key}`),
    ...(retraining === null
      ? ['retrained: never']
      : [`retrained: ${formatMoment(retraining.at)}, ${retraining.outcome ?? 'not ended'}: ${retraining.text}`]),
    ...(fruitless === 0 ? [] : [`  ${fruitless} ${plural(fruitless, 'retraining')} in a row came to nothing`]),
    `looked: ${lookedAt === null ? 'never' : formatMoment(lookedAt)}`,
    ...(on ? [] : ['The project has no loop; add "loop": {} to mlops.json and run: mlops watch']),
  ];
}
