import { basename } from 'node:path';
import type * as z from 'zod';
import { WrongInput } from '../../common/errors.js';
import { sha256 } from '../../common/hash.js';
import { firstProblem } from '../../common/schema-words.js';
import { captureRecordSchema, groundTruthRecordSchema } from '../../documents/capture/capture-record.js';
import { captureRows, groundTruthRows, type TableRow } from '../../documents/capture/captured-rows.js';
import type { Session } from '../duckdb/session.js';
import { identifier, literal } from '../duckdb/sql.js';
import { bytesOfText } from './text-bytes.js';

interface Kind {
  what: string;
  /** What a line's rows are called by: of several lines about one the last counts. */
  rowsOf(line: unknown, at: { file: string; line: number }): TableRow[];
}

const kinds: Record<'captureData' | 'groundTruthData', Kind> = {
  captureData: kind('a record of data capture', captureRecordSchema, captureRows),
  groundTruthData: kind('a record of ground truth', groundTruthRecordSchema, groundTruthRows),
};

function kind<Schema extends z.ZodType>(
  what: string,
  schema: Schema,
  rows: (record: z.infer<Schema>) => TableRow[],
): Kind {
  return {
    what,
    rowsOf(line, at) {
      const parsed = schema.safeParse(line);
      if (parsed.success) return rows(parsed.data);
      throw new WrongInput({ ...at, found: firstProblem(parsed.error, line), expected: what });
    },
  };
}

/** Whether JSON lines are what SageMaker captured of an endpoint, or ground truth about it: their first line says so. */
export async function isCaptured(path: string): Promise<boolean> {
  return (await kindOf(path)) !== undefined;
}

async function kindOf(path: string): Promise<Kind | undefined> {
  for await (const line of linesOf(path)) {
    if (line.trim() === '') continue;
    const name = /"(captureData|groundTruthData)"\s*:/.exec(line)?.[1] as keyof typeof kinds | undefined;
    return name === undefined ? undefined : kinds[name];
  }
  return undefined;
}

/**
 * A SELECT of captured requests as a table, a row each: `record_id`, `inference_id`, `inference_time`, the inputs, `score` and
 * `prediction`; or of ground truth: `record_id` and `label`. Of one id the last line counts.
 * @throws WrongInput naming file and line of what is no such record
 */
export async function capturedTable(session: Session, paths: readonly string[]): Promise<string> {
  const rows = new Map<string, TableRow>();
  // Paths carry the hour of writing, so that their order is that of the records.
  for (const path of [...paths].sort()) {
    const own = (await kindOf(path))!;
    let number = 0;
    for await (const line of linesOf(path)) {
      number += 1;
      if (line.trim() === '') continue;
      for (const row of own.rowsOf(parsed(line, path, number, own.what), { file: basename(path), line: number }))
        rows.set(String(row.record_id), row);
    }
  }
  const table = identifier(`captured ${sha256(paths.join('\n')).slice(0, 16)}`);
  await session.run(`CREATE OR REPLACE TABLE ${table} (line JSON)`);
  const all = [...rows.values()];
  for (let from = 0; from < all.length; from += together) {
    const some = all.slice(from, from + together);
    await session.run(
      `INSERT INTO ${table} VALUES ${some.map(() => '(?)').join(', ')}`,
      some.map((row) => JSON.stringify(row)),
    );
  }
  const [found] = await session.rows(`SELECT json_group_structure(line)::VARCHAR AS structure FROM ${table}`);
  return `SELECT unnest(row) FROM (SELECT json_transform(line, ${literal(typesOf(String(found?.structure), all))}) AS row FROM ${table})`;
}

const together = 500;

/** Types of the columns that some row has a value in; of what is of several kinds, text. */
function typesOf(structure: string, rows: TableRow[]): string {
  const types = JSON.parse(structure) as Record<string, unknown>;
  const filled = new Set(rows.flatMap((row) => Object.keys(row).filter((name) => row[name] !== null)));
  const kept = Object.entries(types)
    .filter(([name]) => filled.has(name))
    .map(([name, type]) => [name, name === 'inference_time' ? 'TIMESTAMP' : type === 'JSON' ? 'VARCHAR' : type]);
  return JSON.stringify(Object.fromEntries(kept));
}

function parsed(line: string, path: string, number: number, what: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new WrongInput({ file: basename(path), line: number, found: 'no JSON', expected: what }, { cause: error });
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of bytesOfText(path)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}
