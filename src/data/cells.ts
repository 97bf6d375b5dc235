import { DuckDBDecimalValue, DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';

/** What a person sees in a table's cell. */
export type Cell = number | string | boolean | null;

/**
 * A DuckDB value as a plain one: integers and decimals become numbers where a number holds them exactly enough
 * (whole numbers beyond 2^53 become texts), dates and times their ISO texts, lists their JSON text.
 */
export function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue) return JSON.stringify(value.items.map(cellOf));
  return value.toString();
}
