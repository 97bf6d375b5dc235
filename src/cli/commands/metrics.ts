import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import type { Task } from '../../project/known-figures.js';
import type { Act, Flags, LoneWork } from '../act.js';
import { evaluateScored } from '../metrics/evaluate-scored.js';
import { metricsText } from '../metrics/metrics-text.js';
import { readScored, type ScoredFlags } from '../metrics/read-scored.js';
import { tableFlags } from '../model-files/flags.js';

const tasks: readonly Task[] = ['binary', 'multiclass', 'regression'];

/** `mlops metrics`: figures of a table of labels and scores, no project needed. */
export function addMetrics(program: Command, act: Act): void {
  program
    .command('metrics')
    .description('evaluate a table of labels and scores')
    .requiredOption('--data <file>', 'a table: .csv, .tsv, .parquet, .json or .jsonl; .gz too')
    .requiredOption('--label <column>', 'the true label (or value)')
    .requiredOption('--score <columns...>', 'the score; of several classes one a class, "p_*", or the predicted class')
    .option('--threshold <number>', 'score >= threshold predicts 1', '0.5')
    .option('--weight <column>', 'how much each row counts')
    .option('--slice <columns...>', 'also evaluate each value of a column, or quarters of its numbers')
    .option('--task <task>', tasks.join(', '))
    .option('--positive <value>', 'the label that counts as positive, where labels are not 0 and 1')
    .option('--no-header', 'the first line is a row: columns are 0, 1, …')
    .option('--format <format>', 'what the table is, where its name does not say: csv, tsv, parquet, json, jsonl')
    .action(act.alone(evaluateTable));
}

const evaluateTable: LoneWork = async (output, _args, flags, signal) => {
  const file = flags.data as string;
  const threshold = thresholdFlag(flags);
  const scored = await readScored(file, scoredFlags(flags), signal);
  const document = evaluateScored(scored, threshold);
  output.result(document, () => metricsText(document));
};

/** @throws InputError for a threshold that is no number */
export function thresholdFlag(flags: Flags): number {
  const text = flags.threshold as string;
  const threshold = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(threshold)) throw new InputError(`--threshold: found "${text}", expected a number`);
  return threshold;
}

function scoredFlags(flags: Flags): ScoredFlags {
  const task = flags.task as Task | undefined;
  if (task !== undefined && !tasks.includes(task))
    throw new InputError(`--task: found "${String(task)}", expected ${oneOf(task, tasks)}`);
  const positive = flags.positive as string | undefined;
  if (positive !== undefined && task !== undefined && task !== 'binary')
    throw new InputError(`--positive: found "${positive}", expected none: the task is ${task}`);
  return {
    ...tableFlags(flags),
    label: flags.label as string,
    scores: flags.score as string[],
    weight: flags.weight as string | undefined,
    slices: (flags.slice as string[] | undefined) ?? [],
    task,
    positive,
  };
}
