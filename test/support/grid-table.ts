import { literal } from '../../src/data/duckdb/sql.js';
import { withSession } from '../../src/data/duckdb/session.js';

/** What a table of numbers, texts, times and exact values is made of, so that each row can be told from its number. */
const columns = [
  'range AS id',
  `CASE WHEN range % 5 > 0 THEN ((hash(range) % 1000000) / 1000.0)::DOUBLE END AS reading`,
  `'text ' || (range * 7 % 500) AS label`,
  `TIMESTAMP '2026-01-01' + INTERVAL (range) SECOND AS read_at`,
  'range % 97 = 0 AS failed',
  '(9007199254740993 + range)::BIGINT AS long',
  '(range * 1000000007)::DECIMAL(30, 4) AS exact',
  `'person ' || range AS owner`,
];

/** Writes such a table, with `more` columns of numbers beside. */
export async function makeGridTable(folder: string, name: string, rows: number, more = 0): Promise<string> {
  const path = `${folder}/${name}`;
  const others = Array.from({ length: more }, (_, at) => `((hash(range + ${at}) % 65536) / 8)::DOUBLE AS d${at}`);
  const format = name.endsWith('.parquet') ? 'FORMAT parquet' : name.endsWith('.csv') ? 'FORMAT csv' : 'FORMAT json';
  await withSession({ folders: [folder] }, (session) =>
    session.run(
      `COPY (SELECT ${[...columns, ...others].join(', ')} FROM range(${rows})) TO ${literal(path)} (${format})`,
    ),
  );
  return path;
}
