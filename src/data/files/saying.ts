import type { Encoding } from '../../documents/tables/encodings.js';

/** What a project says about the values of its delimited files. */
export interface Saying {
  /** DuckDB types by column name or `*` pattern, the first that matches; `date %d/%m/%y` says how dates are written. */
  types?: Record<string, string>;
  /** Bare words that mean that a value is missing. */
  nulls?: readonly string[];
  /** What stands before a number's fraction. */
  decimal?: '.' | ',';
  /** How the letters of delimited text are written; default UTF-8. */
  encoding?: Encoding;
  /** The sheet of a workbook; not needed where only one shows something. */
  sheet?: string;
  /** Columns (names or `*` patterns) whose values no message tells. */
  hidden?: readonly string[];
}
