import { literal } from '../duckdb/sql.js';
import { fits, patterns, pointed } from './column-types.js';

/** DuckDB's types of whole numbers. */
export const wholeNumbers = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|INT[1248]|LONG|SHORT)$/i;

/** `date %d/%m/%y`: a type and how its texts are written; undefined for a type alone. */
export function writtenAs(type: string): { type: string; format: string } | undefined {
  const [, name, format] = /^(date|timestamp)\s+(\S.*)$/i.exec(type) ?? [];
  return format?.includes('%') === true ? { type: name!, format } : undefined;
}

/**
 * A text as the value of a declared type, as SQL: null where it is not written as one exactly, so that nothing is
 * rounded, swapped or guessed.
 */
export function declaredValue(value: string, type: string, decimal = '.'): string {
  const written = writtenAs(type);
  if (written !== undefined) return `CAST(try_strptime(${value}, ${literal(written.format)}) AS ${written.type})`;
  const cast = (text: string) => `TRY_CAST(${text} AS ${type})`;
  const only = (pattern: string, text = value) => `CASE WHEN ${fits(text, pattern)} THEN ${cast(text)} END`;
  if (/^(VARCHAR|TEXT|STRING|CHAR)/i.test(type)) return cast(value);
  if (wholeNumbers.test(type)) return only('[ ]*[+-]?[0-9]+([.]0*)?([eE][+]?[0-9]+)?[ ]*', pointed(value, decimal));
  if (/^(DOUBLE|FLOAT|REAL|DECIMAL|NUMERIC)/i.test(type))
    return only(
      '[ ]*[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?[ ]*|[+-]?(inf|Inf|nan|NaN)',
      pointed(value, decimal),
    );
  if (/^DATE$/i.test(type)) return only(`${patterns.date}|${patterns.time}`);
  if (/^(TIMESTAMP|DATETIME)\w*$/i.test(type)) return only(`${patterns.date}|(${patterns.time})${patterns.zone}?`);
  return cast(value);
}
