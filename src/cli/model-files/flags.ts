import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import type { TableReading } from '../../data/said-table.js';
import { type TableFormat, tableFormats } from '../../data/tables.js';
import type { Flags } from '../command-runner.js';

/** How the tables of one command are read. */
export interface TableFlags extends TableReading {
  header: boolean;
}

/** `--format`, `--nulls` and `--decimal`, of every command that reads a table file. */
export function readingOptions(command: Command): Command {
  return command
    .option('--format <format>', `what the tables are, where their names do not say: ${tableFormats.join(', ')}`)
    .option('--nulls <words>', 'words that mean that a value is missing, with commas between: NA,?')
    .option('--decimal <mark>', 'what stands before the fraction of a number: . or , (default: .)');
}

/**
 * The options of `readingOptions`, and `--no-header`.
 * @param say told what there is to know of how a table was read
 * @throws InputError for a format that no table has
 */
export function tableFlags(flags: Flags, say?: (note: string) => void): TableFlags {
  const format = flags.format as TableFormat | undefined;
  if (format !== undefined && !tableFormats.includes(format))
    throw new InputError(`--format: found "${String(format)}", expected ${oneOf(format, tableFormats)}`);
  const decimal = flags.decimal as string | undefined;
  if (decimal !== undefined && decimal !== '.' && decimal !== ',')
    throw new InputError(`--decimal: found "${decimal}", expected "." or ","`);
  return { header: flags.header !== false, format, nulls: listFlag(flags.nulls), decimal, say };
}

/** `a,b` as a list. */
export const listFlag = (value: unknown): string[] =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
    : [];
