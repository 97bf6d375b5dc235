import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError, RefusedError } from '../../common/errors.js';
import { isThere, makeFolder, moveAtomic } from '../../common/files.js';
import { oneOf } from '../../common/nearest.js';
import type { Saying } from '../../data/files/saying.js';
import { identifier, literal, literals } from '../../data/duckdb/sql.js';
import { type NumericTable, withNumericTable } from '../../data/numeric-table.js';
import { copyScored, mostRows, type Scoring } from '../../data/scored-copy.js';
import { formatInside } from '../../data/archive/packed-table.js';
import { formatOf } from '../../data/table-formats.js';
import type { Bundle, BundleInput } from '../../models/bundle/bundle.js';
import { addOdd, oddValues, type OddValues } from '../../models/bundle/odd-values.js';
import type { Matrix } from '../../models/table/matrix.js';
import { isOwn } from '../../models/bundle/outside-model.js';
import type { ScorerPlace } from '../../serving/scorers/scorer.js';
import { rowScorer } from './row-scorer.js';
import { scoredBefore } from './scored-before.js';

export interface FileToScore {
  file: string;
  out: string;
  /** Whether a file that is there is written over. */
  force: boolean;
  /** What the file leaves open. */
  reading?: Omit<Saying, 'types'>;
}

/** How each kind of file is written; a delimited one by the ending without `.gz`. */
const written = {
  csv: 'FORMAT csv, HEADER',
  tsv: String.raw`FORMAT csv, HEADER, DELIM '\t'`,
  jsonl: 'FORMAT json',
  json: undefined,
  xlsx: undefined,
  // Dictionaries of many values take longer to try than they save.
  parquet: 'FORMAT parquet, DICTIONARY_SIZE_LIMIT 1000',
};

/**
 * Scores every row of a table file and writes it with what the model says beside its own columns: `prediction` (the class
 * by the threshold, the label, or the value), and `probability`, one a class where there are several. Other columns are
 * carried through as they are, in the file's order. The file is there once it is whole. A row without a score has no prediction.
 * @returns how many rows, how many of them have no score if any, the columns that were added, and how many values training never had or are not there, by column
 * @throws InputError naming the column that is missing or of another type; RefusedError for a file that is there
 */
export async function predictFile(
  bundle: Bundle,
  { file, out, force, reading }: FileToScore,
  { signal, say, outside }: { signal: AbortSignal; say: (text: string) => void; outside: ScorerPlace },
): Promise<{ rows: number; unscored?: number; columns: string[] } & OddValues> {
  const path = resolve(out);
  const to = formatOf(path);
  const format = to === undefined ? undefined : written[to];
  if (to === undefined || format === undefined)
    throw new InputError(`--out: found ${out}, expected a file that ends in .csv, .tsv, .parquet or .jsonl`);
  if (!force && (await isThere(path)))
    throw new RefusedError(`${out}: it is there already; to write over it add: --force`);
  const folder = dirname(path);
  await makeFolder(folder);
  const half = join(folder, `.${basename(path)}.${process.pid}.half`);
  const isText = (one: string | undefined) => one === 'csv' || one === 'tsv';
  // Text goes to text as it was written; elsewhere its columns get the types that hold all their values.
  const asWritten = isText(to) && isText(await formatInside(resolve(file))) ? ['*'] : [];
  // Scoring takes as much of the machine as reading and writing do.
  const threads = Math.ceil(availableParallelism() / 2);
  const odd: OddValues = { unseen: {}, missing: {} };
  const seen = (given: Matrix) => {
    addOdd(odd, oddValues(bundle, given));
  };
  const own = isOwn(bundle.model) ? await rowScorer(bundle, mostRows, seen) : undefined;
  let [rows, unscored] = [0, 0];
  try {
    const columns = await withNumericTable(
      file,
      { ...reading, header: true, asWritten, folders: [folder], threads, signal, say },
      async (table) => {
        const inputs = await inputsOf(file, bundle, table);
        const added = addedColumns(bundle);
        const taken = table.columns.map(({ name }) => name.toLowerCase());
        const clash = added.find((name) => taken.includes(name.toLowerCase()));
        if (clash !== undefined)
          throw new InputError(
            `${basename(file)}: found a column "${clash}", which is what the model's answer is called; rename it first`,
          );
        const scored = own
          ? { inputs, score: own.score.bind(own) }
          : await scoredBefore(bundle, table, inputs, outside, seen);
        const scoring: Scoring = {
          ...outputsOf(bundle),
          inputs: scored.inputs,
          score: (given, count) => {
            rows += count;
            const scores = withClass(bundle, scored.score(given, count));
            unscored += scores.at(-1)!.filter(Number.isNaN).length;
            return scores;
          },
        };
        await copyScored(table.session, table.select, scoring, { path: half, format: gzipped(path, format) });
        return added;
      },
    );
    signal.throwIfAborted();
    await moveAtomic(half, path, { temporary: folder });
    return { rows, ...(unscored > 0 && { unscored }), columns, ...odd };
  } finally {
    own?.close();
    await rm(half, { force: true });
  }
}

const gzipped = (path: string, format: string) => (/\.gz$/i.test(path) ? `${format}, COMPRESSION gzip` : format);

/** The model's inputs as SQL over the table. */
async function inputsOf(file: string, { inputs }: Bundle, table: NumericTable): Promise<Scoring['inputs']> {
  const known = new Map(table.columns.map((column) => [column.name, column]));
  const missing = inputs.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    const hint = oneOf(missing[0]!, [...known.keys()]);
    throw new InputError(
      `${basename(file)}: found no column ${missing.join(', ')}, which the model looks at, expected ${hint}`,
    );
  }
  const found = inputs.map(async (input): Promise<Scoring['inputs'][number]> => {
    const { kind, type } = known.get(input.name)!;
    if (input.type === 'category') return { sql: identifier(input.name), kind: 'word' };
    if (table.truths.has(input.name)) return { sql: `(${identifier(input.name)})::BOOLEAN`, kind: 'number' };
    if (kind === 'text') throw new InputError(`${await table.firstText(input.name)}, expected a number`);
    if (kind === 'other') throw wrongType(file, input, type);
    return { sql: table.asNumber(input.name), kind: 'number' };
  });
  return Promise.all(found);
}

const wrongType = (file: string, { name, type }: BundleInput, found: string) =>
  new InputError(`${basename(file)}: column ${name} is ${found}, expected ${type}`);

/** The columns that a model's answer takes, in their order. */
function addedColumns({ task, classes }: Bundle): string[] {
  if (task === 'regression') return ['prediction'];
  return task === 'binary'
    ? ['prediction', 'probability']
    : ['prediction', ...classes!.map((one) => `probability_${one}`)];
}

function outputsOf(bundle: Bundle): Pick<Scoring, 'outputs' | 'columns'> {
  const { task, threshold, classes = [] } = bundle;
  const names = addedColumns(bundle);
  if (task === 'regression') return { outputs: 1, columns: (score) => [{ name: names[0]!, sql: score(0) }] };
  if (task === 'binary')
    return {
      outputs: 1,
      columns: (score) => [
        { name: names[0]!, sql: `(${score(0)} >= ${literal(String(threshold ?? 0.5))}::DOUBLE)::TINYINT` },
        { name: names[1]!, sql: score(0) },
      ],
    };
  return {
    outputs: classes.length + 1,
    columns: (score) => [
      { name: names[0]!, sql: `${literals(classes)}[${score(classes.length)}::INTEGER]` },
      ...names.slice(1).map((name, at) => ({ name, sql: score(at) })),
    ],
  };
}

/** For several classes a last output: the place of the likeliest, from 1; the first of several that are; NaN without a score. */
function withClass({ task }: Bundle, scores: Float64Array[]): Float64Array[] {
  if (task !== 'multiclass') return scores;
  const likeliest = scores[0]!.map((_, row) => {
    let best = 0;
    for (let at = 1; at < scores.length; at++) if (scores[at]![row]! > scores[best]![row]!) best = at;
    return scores.some((values) => Number.isNaN(values[row])) ? NaN : best + 1;
  });
  return [...scores, likeliest];
}
