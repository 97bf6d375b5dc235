import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { dateFlag, startOfDay } from '../../../common/dates.js';
import { oneOf } from '../../../common/nearest.js';
import { delayInDays } from '../../../documents/capture/label-join.js';
import { findProject, loadProject } from '../../../project/load.js';
import type { Task } from '../../../project/rules/known-figures.js';
import { tableEndings } from '../../../data/table-formats.js';
import type { Act, Flags, LoneWork } from '../../command-runner.js';
import { evaluateCapture, evaluateTable } from '../../../operations/tables/evaluate.js';
import { coverageText, metricsText } from './metrics-text.js';
import type { ScoredReading } from '../../../pipeline/scored/read-scored.js';
import { refuseIdle } from '../../no-effect.js';
import { readingOptions, tableFlags } from '../../table-options.js';
import type { Workspace } from '../../context.js';
import { performOnFiles } from '../../perform.js';

const tasks: readonly Task[] = ['binary', 'multiclass', 'regression'];

/** `mlops metrics`: figures of a table of labels and scores, no project needed. */
export function addMetrics(program: Command, act: Act): void {
  readingOptions(program.command('metrics'))
    .description('evaluate a table of labels and scores, or captured predictions and their labels')
    .option('--data <file>', `a table: ${tableEndings}; .gz too`)
    .option('--label <column>', 'the true label (or value)')
    .option('--score <columns...>', 'the score; of several classes one a class, "p_*", or the predicted class')
    .option('--capture <place>', 'instead of a table: data-capture files, a folder of them or a pattern')
    .option('--ground-truth <place>', 'with --capture: ground-truth files, a folder of them or a pattern')
    .option('--since <date>', 'with --capture: predictions from this day on')
    .option('--label-delay <days>', 'with --capture: from a prediction to its label (default: monitor.labelDelay)')
    .option('--threshold <number>', 'score >= threshold predicts 1 (default: 0.5, or what captured answers name)')
    .option('--weight <column>', 'how much each row counts')
    .option('--slice <columns...>', 'also evaluate each value of a column, or quarters of its numbers')
    .option('--task <task>', tasks.join(', '))
    .option('--positive <value>', 'the label that counts as positive, where labels are not 0 and 1')
    .option('--no-header', 'the first line is a row: columns are 0, 1, …')
    .action(act.alone(metrics));
}

const metrics: LoneWork = async (output, _args, flags, signal) => {
  const { data, capture } = flags as Record<string, string | undefined>;
  if ((data === undefined) === (capture === undefined))
    throw new InputError(`metrics: found ${data === undefined ? 'no table' : 'both'}, expected --data or --capture`);
  const captured = { met: capture !== undefined, expected: 'expected --capture beside it' };
  const ofTable = { met: data !== undefined, expected: 'captured records say what they are' };
  refuseIdle('metrics', flags, [
    ...['groundTruth', 'since', 'labelDelay'].map((option) => ({ option, ...captured })),
    { option: 'format', ...ofTable },
    { option: 'nulls', ...ofTable },
    ...['decimal', 'encoding', 'sheet'].map((option) => ({ option, ...ofTable })),
    { option: 'header', ...ofTable, unless: true },
  ]);
  const at = { output, signal };
  if (capture !== undefined) return ofCapture(at, capture, flags);
  const document = await performOnFiles(at, evaluateTable, { ...scoredFlags(flags), threshold: thresholdFlag(flags) });
  refuseThreshold(flags, document.task);
  output.result(document, () => metricsText(document));
};

async function ofCapture(at: Pick<Workspace, 'output' | 'signal'>, capture: string, flags: Flags): Promise<void> {
  for (const name of ['label', 'weight', 'slice'])
    if (flags[name] !== undefined)
      throw new InputError(`metrics --capture: found --${name}, expected it with --data only`);
  const { groundTruth, positive } = flags as Record<string, string | undefined>;
  if (groundTruth === undefined)
    throw new InputError('metrics --capture: found no --ground-truth, expected files of labels');
  const document = await performOnFiles(at, evaluateCapture, {
    ...{ capture, groundTruth, positive, task: taskFlag(flags), threshold: thresholdFlag(flags) },
    labelDelayDays: await delayOf(flags),
    ...(flags.since === undefined ? {} : { since: new Date(startOfDay(dateFlag('--since', flags.since as string))) }),
    ...(Array.isArray(flags.score) ? { score: String(flags.score[0]) } : {}),
  });
  refuseThreshold(flags, document.task);
  at.output.result(document, () => [coverageText(document.labels), metricsText(document)]);
}

/** Of what is evaluated only the answer says which task it is. */
function refuseThreshold(flags: Flags, task: Task): void {
  const expected = `a ${task} task has no threshold`;
  refuseIdle('metrics', flags, [{ option: 'threshold', met: task === 'binary', expected }]);
}

/** @throws InputError for a threshold that is no number */
function thresholdFlag(flags: Flags): number | undefined {
  const text = flags.threshold as string | undefined;
  if (text === undefined) return undefined;
  const threshold = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(threshold)) throw new InputError(`--threshold: found "${text}", expected a number`);
  return threshold;
}

function taskFlag(flags: Flags): Task | undefined {
  const text = flags.task as string | undefined;
  const task = tasks.find((known) => known === text);
  if (text === undefined || task !== undefined) return task;
  throw new InputError(`--task: found "${text}", expected ${oneOf(text, tasks)}`);
}

function scoredFlags(flags: Flags): ScoredReading & { data: string } {
  const task = taskFlag(flags);
  for (const name of ['label', 'score'])
    if (flags[name] === undefined) throw new InputError(`metrics --data: found no --${name}, expected a column`);
  for (const name of ['groundTruth', 'since', 'labelDelay'])
    if (flags[name] !== undefined) throw new InputError(`metrics --data: found an option of --capture, expected none`);
  const positive = flags.positive as string | undefined;
  if (positive !== undefined && task !== undefined && task !== 'binary')
    throw new InputError(`--positive: found "${positive}", expected none: the task is ${task}`);
  const data = flags.data as string;
  return {
    data,
    ...tableFlags(flags, [data]),
    label: flags.label as string,
    scores: flags.score as string[],
    weight: flags.weight as string | undefined,
    slices: (flags.slice as string[] | undefined) ?? [],
    task,
    positive,
  };
}

/** `--label-delay`, else what the project here says. */
async function delayOf(flags: Flags): Promise<number | null> {
  const given = flags.labelDelay as string | undefined;
  if (given !== undefined) {
    const days = delayInDays(/^\d+(\.\d+)?$/.test(given) ? Number(given) : given);
    if (Number.isNaN(days)) throw new InputError(`--label-delay: found "${given}", expected days such as 30 or P30D`);
    return days;
  }
  const folder = (flags.project as string | undefined) ?? (await findProject(process.cwd()));
  if (folder === undefined) return null;
  const delay = (await loadProject(folder, { sql: 'if there' })).file.monitor.labelDelay;
  return delay === undefined ? null : delayInDays(delay);
}
