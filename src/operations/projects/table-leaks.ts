import { withNumericTable } from '../../data/numeric-table.js';
import type { TableReading } from '../../data/said-table.js';
import { leaksOf, type Leak } from '../../models/metrics/leaks.js';
import { codesOf } from '../../models/table/texts.js';
import type { Roles } from '../../project/from-table/roles.js';

/** Those of the columns to learn from that may hold what is to be predicted. */
export async function tableLeaks(
  file: string,
  { target, task, positive, numbers, categories, dates }: Roles,
  reading: TableReading,
  signal: AbortSignal,
): Promise<Leak[]> {
  // What of a date tells is whether there is one.
  const texts = [...categories, ...dates].map(({ name }) => name);
  const names = [...numbers.map(({ name }) => name), ...texts];
  const several = task === 'multiclass';
  const isText = several || positive !== undefined;
  return withNumericTable(file, { ...reading, header: true, signal }, async (table) => {
    const asText = isText ? [...texts, target.name] : texts;
    const found = await table.read([...names, target.name], asText);
    const coded = new Map(texts.map((name) => [name, codesOf(found.text.get(name)!)]));
    const numbersOf = (name: string) => found.values[found.columns.indexOf(name)]!;
    const labels = several
      ? codesOf(found.text.get(target.name)!).values
      : isText
        ? Float64Array.from(found.text.get(target.name)!, (text) => (text === null ? NaN : Number(text === positive)))
        : numbersOf(target.name);
    const matrix = {
      columns: names,
      values: names.map((name) => coded.get(name)?.values ?? numbersOf(name)),
      rows: found.rows,
      categories: Object.fromEntries([...coded].map(([name, { words }]) => [name, words])),
    };
    return leaksOf(matrix, labels, task);
  });
}
