import { InputError } from '../../common/errors.js';
import type { GridColumn } from '../../documents/grid/grid.js';
import { identifier, literal } from '../duckdb/sql.js';

const signs: Record<string, string> = { '≥': '>=', '≤': '<=', '≠': '<>', '!=': '<>', '==': '=' };
const comparison = /^(>=|<=|!=|==|<>|[<>=≥≤≠])\s*(.*)$/s;
const range = /^(.+?)\s*\.\.\s*(.+)$/s;
const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const time = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?$|^\d{2}:\d{2}(:\d{2})?$/;

/**
 * What is typed above a column as a condition of SQL; undefined for nothing. `empty` and `not empty` of any column;
 * `= != < <= > >=` with a value; `1..5` with both ends; a word alone is part of a text, whatever its case, the beginning
 * of a time, and the value of a number. A text after `=` may stand in double quotes.
 * @throws InputError naming column, found and expected
 */
export function predicateOf(
  { name, type, kind }: Pick<GridColumn, 'name' | 'type' | 'kind'>,
  typed: string,
): string | undefined {
  const column = identifier(name);
  const said = typed.trim();
  if (said === '') return undefined;
  if (/^(empty|∅)$/i.test(said)) return `${column} IS NULL`;
  if (/^(not empty|!∅)$/i.test(said)) return `${column} IS NOT NULL`;
  const value = (text: string) => valueOf({ name, type, kind }, text.trim());
  const compared = comparison.exec(said);
  if (compared !== null) {
    const [, sign = '', operand = ''] = compared;
    return `${column} ${signs[sign] ?? sign} ${value(operand)}`;
  }
  const ends = kind === 'number' || kind === 'time' ? range.exec(said) : null;
  if (ends !== null) return `${column} BETWEEN ${value(ends[1]!)} AND ${value(ends[2]!)}`;
  if (kind === 'number' || kind === 'boolean') return `${column} = ${value(said)}`;
  if (kind === 'time') return `starts_with(${column}::VARCHAR, ${literal(said)})`;
  return `contains(lower(${column}::VARCHAR), lower(${literal(said)}))`;
}

function valueOf({ name, type, kind }: Pick<GridColumn, 'name' | 'type' | 'kind'>, text: string): string {
  const wrong = (expected: string) =>
    new InputError(`filter of ${name}: found ${text === '' ? 'no value' : `"${text}"`}, expected ${expected}`);
  switch (kind) {
    case 'number':
      // As it is written, so that no double comes between it and a whole number of many digits.
      if (!number.test(text)) throw wrong('a number such as 4 or 2.5');
      return text;
    case 'boolean':
      if (/^(true|yes|1)$/i.test(text)) return 'true';
      if (/^(false|no|0)$/i.test(text)) return 'false';
      throw wrong('yes or no');
    case 'time':
      if (!time.test(text)) throw wrong('a time such as 2026-04-10 or 2026-04-10 08:30');
      return `CAST(${literal(text)} AS ${type})`;
    case 'text':
      return literal(/^".*"$/s.test(text) ? text.slice(1, -1) : text);
  }
}
