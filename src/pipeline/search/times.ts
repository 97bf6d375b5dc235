import { PartError } from '../../common/errors.js';
import { namedRecords, type GroupColumns } from '../../data/feature-group.js';
import { identifier } from '../../data/duckdb/sql.js';
import { isNumeric } from '../../data/types.js';
import { groupSession } from '../features/read-groups.js';

/** A feature group's files on this machine, and what it calls its id and its time. */
export interface GroupFiles {
  files: string[];
  group?: GroupColumns;
}

/**
 * The time of each record, from the files of feature groups: numbers where the column holds numbers, for 10 comes after
 * 9; else texts that sort as time does.
 * @throws PartError where records have no time: nothing says which of them came first
 */
export async function timesOfRecords(
  ids: readonly string[],
  column: string,
  groups: readonly GroupFiles[],
  scratch: string,
  signal: AbortSignal,
): Promise<(string | number)[]> {
  const times = new Map<string, string | number | null>();
  for (const { files, group } of groups.filter((one) => one.files.length > 0)) {
    await groupSession(scratch, files, signal, async (session) => {
      const latest = namedRecords(files, group);
      const numbers = isNumeric((await session.describe(latest)).find(({ name }) => name === column)?.type ?? '');
      const sql = `SELECT record_id::VARCHAR AS record_id, ${identifier(column)}::${numbers ? 'DOUBLE' : 'VARCHAR'} AS time FROM (${latest})`;
      const { text, values } = await session.columns(sql, { text: numbers ? ['record_id'] : ['record_id', 'time'] });
      const found = numbers ? values[0]! : text.get('time')!;
      text.get('record_id')!.forEach((id, row) => times.set(id!, found[row]!));
    });
  }
  return everyTime(ids.map((id) => times.get(id) ?? null));
}

/** @throws PartError where rows have no time: nothing says which of them came first */
export function everyTime(times: ArrayLike<string | number | null>): (string | number)[] {
  const found = Array.from(times, (time) => time ?? NaN);
  const without = found.filter((time) => Number.isNaN(time) || time === '').length;
  if (without === 0) return found;
  throw new PartError(
    'search',
    `folds: found ${without} of ${found.length} rows without a time, expected one for each`,
  );
}
