import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type * as z from 'zod';
import { InputError, messageOf } from '../../../common/errors.js';
import { writeAtomic } from '../../../common/files.js';
import { firstProblem } from '../../../common/schema-words.js';
import { checkNames } from '../../../pipeline/candidates/families.js';
import { planOf } from '../../../pipeline/search/plan.js';
import { runSearch } from '../../../pipeline/search/run-search.js';
import { forgetfulTrials } from '../../../pipeline/search/store.js';
import { openWorkers } from '../../../pipeline/workers/pool.js';
import { candidateSchema } from '../../../project/schema.js';
import { type Search, searchSchema } from '../../../project/search-schema.js';
import type { Flags, LoneWork } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import { boardText } from './board-text.js';
import { listFlag } from '../../table-options.js';
import { readSearchRows } from '../../../pipeline/model-files/read-search-rows.js';

const usualMetric = { binary: 'roc_auc', multiclass: 'accuracy', regression: 'rmse' } as const;

/** `mlops model search`: a table, fixed parameters and a space of others in; a leaderboard out. */
export const searchModelFile: LoneWork = async (output, _args, flags, signal) => {
  const { data, target, params, space, out } = flags as Record<string, string>;
  const { group, time } = flags as { group?: string; time?: string };
  const { family = 'lightgbm', ...parameters } = params === undefined ? {} : await readObject(params);
  const candidate = checked('--params', candidateSchema, { name: 'search', family, columns: ['*'], parameters });
  const search = checked('--space', searchSchema, searchOf(flags, await readObject(space!)));
  named(params ?? '--params', () => checkNames(candidate.family, Object.keys(parameters)));
  named(space!, () => checkNames(candidate.family, Object.keys(search.space)));
  refuseIdleFolds(flags, search);
  const say = (note: string) => output.note(note);
  const reading = { target: target!, ignore: listFlag(flags.ignore), group, time, say };
  const { rows, task } = await readSearchRows(data!, reading, signal);
  const plan = planOf({ candidate, task, fill: {} }, search, rows, usualMetric[task]);
  output.note(`${rows.matrix.rows} rows, ${rows.matrix.columns.length} columns; ${task}; folds by ${plan.by}`);
  const one = rows.matrix.rows * rows.matrix.columns.length;
  const workers = openWorkers({ all: one * search.folds.k * plan.settings.length, one }, signal);
  try {
    const onTrial = (_done: number, _of: number, text: string) => output.note(text);
    const tools = { workers, store: forgetfulTrials(), onTrial, now: () => new Date(), signal };
    const board = await runSearch(plan, rows, tools);
    if (out !== undefined) {
      await writeAtomic(resolve(out), JSON.stringify(board, null, 2) + '\n', { temporary: dirname(resolve(out)) });
    }
    output.result(board, () => boardText(board));
  } finally {
    await workers.close();
  }
};

/** What only one way of searching or dividing reads. */
function refuseIdleFolds(flags: Flags, { strategy, folds }: Search): void {
  const by = (way: string) => ({ met: folds.by === way, expected: `only folds by ${way} read it` });
  const leftOut = '; to leave the column out: --ignore';
  refuseIdle('model search', flags, [
    { option: 'trials', met: strategy !== 'grid', expected: 'a grid tries all' },
    { option: 'gap', ...by('time') },
    { option: 'group', ...by('group'), expected: by('group').expected + leftOut },
    { option: 'time', ...by('time'), expected: by('time').expected + leftOut },
  ]);
}

function searchOf(flags: Flags, space: Record<string, unknown>): Record<string, unknown> {
  const { strategy, metric, trials, seed, folds, k, gap, group, time } = flags as Record<string, string | undefined>;
  const by = folds ?? (group === undefined ? (time === undefined ? undefined : 'time') : 'group');
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return {
    ...{ strategy, metric, trials: number(trials), seed: number(seed), space },
    folds: { by, k: number(k), gap: number(gap) },
  };
}

/** @throws InputError naming the flag, and what of it is wrong */
function checked<Schema extends z.ZodType>(flag: string, schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path } = parsed.error.issues[0]!;
  const ofFile = path[0] === 'space' || path[0] === 'family';
  const problem = firstProblem(parsed.error, value);
  throw new InputError(
    ofFile ? `${flag}: ${problem}` : `--${String(path.at(-1))}: ${problem.replace(/^[\w.]+: /, '')}`,
  );
}

/** @throws InputError with the name of the file before it */
function named(file: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${file}: ${error.message}`, { cause: error }) : error;
  }
}

/** @throws InputError naming the file */
async function readObject(file: string): Promise<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file}: ${messageOf(error)}; expected a JSON object`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${file}: found ${JSON.stringify(value).slice(0, 40)}, expected a JSON object`);
  }
  return value as Record<string, unknown>;
}
