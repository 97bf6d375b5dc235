import { InputError } from '../../../common/errors.js';
import { newestFirst } from '../../../documents/offline-records.js';

export interface OfflineTable {
  database: string;
  table: string;
  recordId: string;
  eventTime: string;
  features: readonly string[];
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * A SELECT as Athena runs it: `history` is every record that was ever written, `records` the latest of each id without
 * those that were deleted.
 * @throws InputError for what is no SELECT
 */
export function athenaSql(sql: string, { database, table, recordId, eventTime, features }: OfflineTable): string {
  const { rest, word } = beginningOf(sql);
  const partition = `PARTITION BY ${quoted(recordId)} ORDER BY ${quoted(eventTime)} DESC, ${newestFirst}`;
  const columns = features.map(quoted).join(', ');
  const own =
    `${word === 'WITH RECURSIVE' ? word : 'WITH'} history AS (SELECT * FROM ${quoted(database)}.${quoted(table)}),\n` +
    `records AS (SELECT ${columns} FROM (SELECT *, row_number() OVER (${partition}) AS mlops_newest FROM history) ` +
    `WHERE mlops_newest = 1 AND NOT is_deleted)`;
  return word === 'SELECT' ? `${own}\n${rest}` : `${own},\n${rest}`;
}

/** What stands before the first word may be comments; a list of named queries goes on in ours. */
function beginningOf(sql: string): { rest: string; word: 'SELECT' | 'WITH' | 'WITH RECURSIVE' } {
  const text = sql
    .replace(/^(\s+|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/, '')
    .trimEnd()
    .replace(/;$/, '');
  const [beginning, first = ''] = /^(with\s+recursive|\(?\s*[a-z]+)\b\s*/i.exec(text) ?? [''];
  const word = first.replace(/\s+/g, ' ').toUpperCase();
  if (/^(\( ?)?SELECT$/.test(word)) return { rest: text, word: 'SELECT' };
  if (word === 'WITH' || word === 'WITH RECURSIVE') return { rest: text.slice(beginning.length), word };
  throw new InputError(`--sql: found ${word === '' ? 'nothing' : word}, expected one SELECT`);
}
