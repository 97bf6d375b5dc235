import type { Command } from 'commander';
import { replayEndpoint, type ReplayDocument } from '../../../operations/endpoints/replay.js';
import type { Act } from '../../command-runner.js';
import { wholeNumber } from '../../file-arguments.js';
import { apart, table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

const mostShown = 20;

/** `mlops endpoint replay`: what another version would have answered. */
export function addEndpointReplay(endpoint: Command, act: Act): void {
  endpoint
    .command('replay')
    .argument('<name>', 'of the endpoint')
    .requiredOption('--model-version <version>', 'which answers the captured requests once more')
    .option('--variant <name>', 'only what this variant answered')
    .option('--limit <n>', 'the newest so many requests', wholeNumber, 1_000)
    .option('--rate <n>', 'requests a second, at most', wholeNumber, 200)
    .description('what a version would have answered to captured requests, and where that differs; asks no endpoint')
    .action(
      act(async (workspace, [name], { modelVersion, variant, limit, rate, ...flags }) => {
        const asked = {
          ...{ name: name as string, version: modelVersion as string, variant: variant as string | undefined },
          ...{ limit: limit as number, rate: rate as number },
        };
        const found = await perform(workspace, replayEndpoint, asked, flags);
        workspace.output.result(found, () => replayText(found));
      }),
    );
}

export function replayText(found: ReplayDocument): Lines {
  const { name, version, requests, rows, differingRows, largest, differing, failed, unreadable } = found;
  if (requests === 0)
    return `nothing captured of ${name}${unreadable > 0 ? `; ${unreadable} lines cannot be read` : ''}: there is nothing to replay`;
  const apartBy = largest === null ? '' : `; scores are ${Number(largest.toPrecision(3))} apart at most`;
  const said = `${version} answers ${differingRows} of ${rows} rows in ${requests} requests otherwise${apartBy}`;
  const lines: Lines[] = [said];
  if (differing.length > 0)
    lines.push(
      table(
        ['request', 'at', 'row', 'answered', `${version} says`],
        differing
          .slice(0, mostShown)
          .map((one) => [one.inferenceId ?? one.eventId, one.at ?? '–', String(one.row), one.before, one.after]),
      ),
    );
  if (differing.length > mostShown) lines.push(`and ${differing.length - mostShown} more: see --json`);
  if (failed.length > 0) lines.push(`${failed.length} it cannot answer, the first: ${failed[0]!.why}`);
  if (unreadable > 0) lines.push(`${unreadable} lines are no captured request with its answer`);
  return apart(lines);
}
