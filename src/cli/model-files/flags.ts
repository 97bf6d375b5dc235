import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { type TableFormat, tableFormats } from '../../data/tables.js';
import type { Flags } from '../act.js';

/** How the tables of one command are read. */
export interface TableFlags {
  header: boolean;
  format?: TableFormat;
}

/** `--no-header` and `--format`. @throws InputError for a format that no table has */
export function tableFlags(flags: Flags): TableFlags {
  const format = flags.format as TableFormat | undefined;
  if (format !== undefined && !tableFormats.includes(format))
    throw new InputError(`--format: found "${String(format)}", expected ${oneOf(format, tableFormats)}`);
  return { header: flags.header !== false, format };
}

/** `a,b` as a list. */
export const listFlag = (value: unknown): string[] =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
    : [];
