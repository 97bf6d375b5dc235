import { identifier } from '../../data/duckdb/sql.js';
import type { ProjectFile } from '../../project/schema.js';

/** Columns as DuckDB describes them. */
export type Described = readonly { name: string; type: string }[];

const numberSql = (column: string): string => `CASE WHEN NOT isnan(${column}::DOUBLE) THEN ${column}::DOUBLE END`;

/**
 * A row's label as SQL, null where it has none: a number, or the name of a class. Not-a-number is no label, nor is an
 * empty text.
 * @param column the one that holds the labels
 */
export const labelSql = (
  { model }: Pick<ProjectFile, 'model'>,
  described: Described,
  column: string = model.target,
): string => (model.task === 'multiclass' ? classSql(column, described) : numberSql(identifier(column)));

/** The name of a class as it is written, null where there is none. */
export function classSql(name: string, described: Described): string {
  const column = identifier(name);
  const type = described.find((one) => one.name === name)?.type ?? '';
  if (!/^(DOUBLE|FLOAT|DECIMAL)/.test(type)) return `nullif(${column}::VARCHAR, '')`;
  const number = numberSql(column);
  // A whole number is the same class in a file that writes it as 1.0.
  return `(CASE WHEN ${number} = trunc(${number}) AND abs(${number}) < 1e15 THEN ${number}::HUGEINT::VARCHAR ELSE ${number}::VARCHAR END)`;
}
