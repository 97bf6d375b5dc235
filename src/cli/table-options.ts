import { basename } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../common/errors.js';
import { oneOf } from '../common/nearest.js';
import type { NumericReading } from '../data/numeric-table.js';
import { formatOf, type TableFormat, tableFormats } from '../data/tables.js';
import type { Flags } from './command-runner.js';
import { refuseIdle } from './no-effect.js';

/** `--format`, `--nulls` and `--decimal`, of every command that reads a table file. */
export function readingOptions(command: Command): Command {
  return command
    .option('--format <format>', `what the tables are, where their names do not say: ${tableFormats.join(', ')}`)
    .option('--nulls <words>', 'words that mean that a value is missing, with commas between: NA,?')
    .option('--decimal <mark>', 'what stands before the fraction of a number: . or , (default: .)');
}

/**
 * The options of `readingOptions`, and `--no-header`.
 * @param files the tables that they are about
 * @throws InputError for a format that no table has, and for options of text where none of the tables is text
 */
export function tableFlags(flags: Flags, files: readonly (string | undefined)[]): NumericReading {
  const format = flags.format as TableFormat | undefined;
  if (format !== undefined && !tableFormats.includes(format))
    throw new InputError(`--format: found "${String(format)}", expected ${oneOf(format, tableFormats)}`);
  const decimal = flags.decimal as string | undefined;
  if (decimal !== undefined && decimal !== '.' && decimal !== ',')
    throw new InputError(`--decimal: found "${decimal}", expected "." or ","`);
  // What has no known ending is told apart where it is read.
  const tables = files.filter((file) => file !== undefined);
  const formats = [...new Set(tables.map((file) => format ?? formatOf(file) ?? 'csv'))];
  const text = formats.some((one) => one === 'csv' || one === 'tsv');
  const expected = `only delimited text leaves open what a value is, and this is ${formats.join(' and ')}`;
  refuseIdle(tables.map((file) => basename(file)).join(', '), flags, [
    { option: 'nulls', met: text, expected },
    { option: 'decimal', met: text, expected },
  ]);
  return { header: flags.header !== false, format, nulls: listFlag(flags.nulls), decimal };
}

/** `a,b` as a list. */
export const listFlag = (value: unknown): string[] =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
    : [];
