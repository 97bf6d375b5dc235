import { InvalidArgumentError, Option, type Command } from 'commander';
import { simulateTraffic, type SimulationDocument } from '../../../operations/endpoints/simulate.js';
import { profiles, type Profile } from '../../../pipeline/simulating/timetable.js';
import type { Wish } from '../../../pipeline/simulating/shifts.js';
import { durationSchema, secondsOf } from '../../../project/duration.js';
import type { Act } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import { table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

/** `mlops simulate`: traffic to try an endpoint, its alarms and the loop with. */
export function addSimulate(program: Command, act: Act): void {
  program
    .command('simulate')
    .argument('[endpoint]', 'its name (default: the one that deploy serves)')
    .addOption(new Option('--profile <kind>', 'of traffic').choices(profiles).default('healthy'))
    .option('--rate <n/s>', 'requests a second: 10/s, 90/m', rateOf, 10)
    .option('--for <time>', 'how long: 60s, 5m', lengthOf, 60)
    .option('--seed <n>', 'the same seed sends the same', seedOf, 1)
    .option('--rows <file>', 'a table of rows (default: the production group)')
    .option('--shift <column=sigmas>', 'what moves, by how many of its standard deviations (repeatable)', shiftOf, [])
    .option('--labels', 'write what became true of each row as ground truth')
    .description('send bounded traffic made of the project’s rows; says what came back')
    .action(
      act(
        async (workspace, [endpoint], { profile, rate, for: seconds, seed, rows, shift, labels = false, ...flags }) => {
          const moves = profile === 'drift' || profile === 'seasonal';
          const expected = '--profile drift or --profile seasonal moves columns';
          refuseIdle('simulate', { shift }, [{ option: 'shift', met: moves, expected }]);
          const wish = {
            ...{ endpoint: endpoint as string | undefined, rows: rows as string | undefined },
            ...{ profile: profile as Profile, rate: rate as number, seconds: seconds as number, seed: seed as number },
            ...{ shifts: shift as Wish[], labels: labels as boolean },
          };
          const done = await perform(workspace, simulateTraffic, wish, flags);
          workspace.output.result(done, () => simulationText(done));
        },
      ),
    );
}

function rateOf(text: string): number {
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)(?:\/(s|m))?$/.exec(text) ?? [];
  const rate = Number(count) / (unit === 'm' ? 60 : 1);
  if (rate > 0) return rate;
  throw new InvalidArgumentError(`found "${text}", expected requests a second above 0, such as 10/s or 90/m.`);
}

function lengthOf(text: string): number {
  const seconds = durationSchema.safeParse(text).success ? secondsOf(text) : 0;
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError(`found "${text}", expected a time such as 60s or 5m.`);
}

function seedOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`found "${text}", expected a whole number.`);
}

function shiftOf(text: string, before: Wish[]): Wish[] {
  const [, column, sigmas] = /^(.+)=([+-]?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (column === undefined || Number(sigmas) === 0)
    throw new InvalidArgumentError(`found "${text}", expected COLUMN=SIGMAS, such as sqft=2 or age=-1.5.`);
  return [...before, { column, sigmas: Number(sigmas) }];
}

export function simulationText(done: SimulationDocument): Lines {
  const { endpoint, profile, rows, sent, seconds, answers, odd, latency, shifted, left, labels, failure } = done;
  const status = (one: number | null) => (one === null ? 'no answer' : String(one));
  const lines: string[] = [
    `${sent} requests to ${endpoint} in ${seconds} s (${profile}, of ${rows.count} rows from ${rows.from})`,
  ];
  if (shifted.length > 0) {
    const words = shifted.map(({ column, sigmas, by }) => `${column} by ${sigmas}σ (${Number(by.toPrecision(3))})`);
    lines.push(`${profile === 'seasonal' ? 'swings' : 'shifted'}: ${words.join(', ')}`);
  }
  lines.push(
    ...table(
      ['answer', 'requests'],
      answers.map((one) => [status(one.status), String(one.count)]),
    ),
  );
  if (odd.length > 0)
    lines.push(
      '',
      ...table(
        ['of these', 'answer', 'requests'],
        odd.map((one) => [one.what, status(one.status), String(one.count)]),
      ),
    );
  if (latency !== null) lines.push('', `p50 ${latency.p50} ms, p95 ${latency.p95} ms, p99 ${latency.p99} ms`);
  if (labels > 0) lines.push(`${labels} labels written as ground truth`);
  if (left > 0) lines.push(`${left} were not sent: ${endpoint} does not keep up with this rate`);
  if (failure !== null) lines.push(`the first that was not answered: ${failure}`);
  return lines;
}
