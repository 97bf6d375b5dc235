import type { DuckDBDecimalValue, DuckDBValue } from '@duckdb/node-api';
import { duckdb } from './duckdb/library.js';

/** What a person sees in a table's cell. */
export type Cell = number | string | boolean | null;

/**
 * A DuckDB value as a plain one: integers and decimals become numbers where a number holds them exactly
 * (whole numbers beyond 2^53 and decimals of more digits become texts), dates and times their ISO texts, lists their JSON text.
 */
export function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  const { DuckDBDecimalValue, DuckDBListValue } = duckdb();
  if (value instanceof DuckDBDecimalValue) return decimalOf(value);
  if (value instanceof DuckDBListValue) return JSON.stringify(value.items.map(cellOf));
  return value.toString();
}

/** At most so many significant digits go through a double and come back the same (IEEE 754's DBL_DIG). */
const exactDigits = 15;

function decimalOf(value: DuckDBDecimalValue): Cell {
  return value.value.toString().replace('-', '').length <= exactDigits ? value.toDouble() : value.toString();
}
