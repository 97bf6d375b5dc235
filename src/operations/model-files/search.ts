import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type * as z from 'zod';
import { InputError, messageOf } from '../../common/errors.js';
import { writeAtomic } from '../../common/files.js';
import { firstProblem } from '../../common/schema-words.js';
import { checkNames } from '../../pipeline/candidates/families.js';
import { type Reading, readSearchRows } from '../../pipeline/model-files/read-search-rows.js';
import { planOf } from '../../pipeline/search/plan.js';
import { runSearch } from '../../pipeline/search/run-search.js';
import { forgetfulTrials } from '../../pipeline/search/store.js';
import { openWorkers } from '../../pipeline/workers/pool.js';
import { candidateSchema } from '../../project/schema.js';
import { searchSchema } from '../../project/parts/search-schema.js';
import { makesFiles } from '../operation.js';

const usualMetric = { binary: 'roc_auc', multiclass: 'accuracy', regression: 'rmse' } as const;

interface ToSearch extends Reading {
  data: string;
  /** JSON files: of fixed parameters, and of those that are looked for. */
  params?: string;
  space: string;
  /** How, as the `search` of a candidate says it in mlops.json. */
  how: Record<string, unknown>;
  /** Where the leaderboard goes as well. */
  out?: string;
}

/** A table, fixed parameters and a space of others in; a leaderboard out. */
export const searchOnTable = makesFiles('model-files.search', async ({ signal, progress }, input: ToSearch) => {
  const { data, params, space, how, out, ...reading } = input;
  const { family = 'lightgbm', ...parameters } = params === undefined ? {} : await readObject(params);
  const candidate = checked('--params', candidateSchema, { name: 'search', family, columns: ['*'], parameters });
  const search = checked('--space', searchSchema, { ...how, space: await readObject(space) });
  named(params ?? '--params', () => checkNames(candidate.family, Object.keys(parameters)));
  named(space, () => checkNames(candidate.family, Object.keys(search.space)));
  const { rows, task } = await readSearchRows(data, { ...reading, say: progress }, signal);
  const plan = planOf({ candidate, task, fill: {} }, search, rows, usualMetric[task]);
  progress(`${rows.matrix.rows} rows, ${rows.matrix.columns.length} columns; ${task}; folds by ${plan.by}`);
  const one = rows.matrix.rows * rows.matrix.columns.length;
  const workers = openWorkers({ all: one * search.folds.k * plan.settings.length, one }, signal);
  try {
    const onTrial = (_done: number, _of: number, text: string) => progress(text);
    const tools = { workers, store: forgetfulTrials(), onTrial, now: () => new Date(), signal };
    const board = await runSearch(plan, rows, tools);
    if (out !== undefined) {
      await writeAtomic(resolve(out), JSON.stringify(board, null, 2) + '\n', { temporary: dirname(resolve(out)) });
    }
    return board;
  } finally {
    await workers.close();
  }
});

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
