import { basename } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../common/errors.js';
import { oneOf } from '../common/nearest.js';
import type { NumericReading } from '../data/numeric-table.js';
import type { Saying } from '../data/files/saying.js';
import { type Encoding, encodings } from '../documents/tables/encodings.js';
import { formatOf, type TableFormat, tableFormats } from '../data/table-formats.js';
import type { Flags } from './command-runner.js';
import { refuseIdle } from './no-effect.js';

/** `--format` and those of `textOptions`, of every command that reads a table file and belongs to no project. */
export function readingOptions(command: Command): Command {
  return textOptions(
    command.option(
      '--format <format>',
      `what the tables are, where their names do not say: ${tableFormats.join(', ')}`,
    ),
  );
}

/** What a delimited file or a sheet leaves open: of every command that reads a table file. */
export function textOptions(command: Command): Command {
  return command
    .option('--nulls <words>', 'words that mean that a value is missing, with commas between: NA,?')
    .option('--decimal <mark>', 'what stands before the fraction of a number: . or , (default: .)')
    .option('--encoding <name>', `how the letters of a text are written: ${encodings.join(', ')} (default: utf-8)`)
    .option('--sheet <name>', 'which sheet of a workbook, where several show something');
}

/**
 * The options of `readingOptions`, and `--no-header`.
 * @throws InputError as `textFlags` does
 */
export function tableFlags(flags: Flags, files: readonly (string | undefined)[]): NumericReading {
  const format = flags.format as TableFormat | undefined;
  return { header: flags.header !== false, format, ...textFlags(flags, files) };
}

/**
 * The options of `textOptions`; what was not said is not there.
 * @param files the tables that they are about
 * @throws InputError for what no table has, and for options of text where none of the tables is text
 */
export function textFlags(flags: Flags, files: readonly (string | undefined)[]): Omit<Saying, 'types'> {
  const format = flags.format as TableFormat | undefined;
  if (format !== undefined && !tableFormats.includes(format))
    throw new InputError(`--format: found "${String(format)}", expected ${oneOf(format, tableFormats)}`);
  const decimal = flags.decimal as string | undefined;
  if (decimal !== undefined && decimal !== '.' && decimal !== ',')
    throw new InputError(`--decimal: found "${decimal}", expected "." or ","`);
  const encoding = knownEncoding(flags.encoding as string | undefined);
  // What has no known ending is told apart where it is read.
  const tables = files.filter((file) => file !== undefined);
  const formats = [...new Set(tables.flatMap((file) => format ?? formatOf(file) ?? mayBe(file)))];
  const text = formats.some((one) => one === 'csv' || one === 'tsv');
  const sheets = formats.includes('xlsx');
  const expected = `only delimited text and workbooks leave open what a value is, and this is ${formats.join(' and ')}`;
  refuseIdle(tables.map((file) => basename(file)).join(', '), flags, [
    { option: 'nulls', met: text || sheets, expected },
    { option: 'decimal', met: text || sheets, expected },
    { option: 'encoding', met: text, expected: `only delimited text has one, and this is ${formats.join(' and ')}` },
    { option: 'sheet', met: sheets, expected: `only workbooks have sheets, and this is ${formats.join(' and ')}` },
  ]);
  const sheet = flags.sheet as string | undefined;
  return {
    ...(flags.nulls === undefined ? {} : { nulls: listFlag(flags.nulls) }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet }),
  };
}

/** What a file may be whose name does not say it. */
const mayBe = (file: string): TableFormat[] => (/\.(zip|gz)$/i.test(file) ? ['csv', 'xlsx'] : ['csv']);

/** `a,b` as a list. */
export const listFlag = (value: unknown): string[] =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
    : [];

/** Other programs' spellings of the same encodings. Of plain "utf-16" the bytes' order is not known. */
const otherSpellings: Record<string, Encoding> = {
  utf8: 'utf-8',
  'latin-1': 'latin1',
  'iso-8859-1': 'latin1',
  cp1252: 'windows-1252',
};

/** @throws InputError for one that is not read */
function knownEncoding(said: string | undefined): Encoding | undefined {
  if (said === undefined) return undefined;
  const name = said.toLowerCase();
  const known = encodings.find((one) => one === name) ?? new Map(Object.entries(otherSpellings)).get(name);
  if (known !== undefined) return known;
  throw new InputError(`--encoding: found "${said}", expected ${oneOf(said, encodings)}`);
}
