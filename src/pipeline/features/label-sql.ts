import { identifier } from '../../data/duckdb/sql.js';
import type { ProjectFile } from '../../project/schema.js';

/**
 * A row's label as SQL, null where it has none: a number, or the name of a class as it is written. Not-a-number is no
 * label, nor is an empty text.
 * @param described the columns that there are, and their types
 * @param column the one that holds the labels
 */
export function labelSql(
  { model }: Pick<ProjectFile, 'model'>,
  described: readonly { name: string; type: string }[],
  column: string = model.target,
): string {
  const own = identifier(column);
  const number = `CASE WHEN NOT isnan(${own}::DOUBLE) THEN ${own}::DOUBLE END`;
  if (model.task !== 'multiclass') return number;
  const type = described.find(({ name }) => name === column)?.type ?? '';
  if (!/^(DOUBLE|FLOAT|DECIMAL)/.test(type)) return `nullif(${own}::VARCHAR, '')`;
  // A whole number is the same class in a file that writes it as 1.0.
  return `(CASE WHEN ${number} = trunc(${number}) AND abs(${number}) < 1e15 THEN ${number}::HUGEINT::VARCHAR ELSE ${number}::VARCHAR END)`;
}
