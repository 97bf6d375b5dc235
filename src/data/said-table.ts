import { basename } from 'node:path';
import { leftOutIndex } from './files/index-columns.js';
import type { Saying } from './files/saying.js';
import { notesOf } from './files/column-notes.js';
import { headerlessFile } from './headerless.js';
import type { Session } from './duckdb/session.js';
import { type TableFormat } from './table-formats.js';
import { readTable, type Table } from './tables.js';

/** What a person says about a table file, and how to answer. */
export interface TableReading extends Omit<Saying, 'types'> {
  /** What the file is, where its name does not say so. */
  format?: TableFormat;
  /** Told what a person should know of how the file was read, a sentence each. */
  say?: (note: string) => void;
}

interface Asked {
  /** Types of columns that are known, before what their values look like. */
  types?: Record<string, string>;
  header?: boolean;
  /** Whether a column of nothing but numbers and words for a missing one is numbers to the caller. */
  numbersBut?: boolean;
}

/** Reads one table file and says what is to be said about it. @throws InputError naming the file */
export async function saidTable(
  session: Session,
  path: string,
  { format, say, ...saying }: TableReading,
  { types, header = true, numbersBut }: Asked = {},
): Promise<Table> {
  const options = { ...saying, types, given: format };
  const table = header ? await readTable(session, [path], options) : await headerlessFile(session, path, options);
  if (say === undefined) return table;
  for (const name of table.indexes) say(`${basename(path)}: ${leftOutIndex(name)}`);
  for (const note of await notesOf(session, table, { ...options, numbersBut })) say(note);
  return table;
}
