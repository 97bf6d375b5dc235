import { basename, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { inspectTable } from '../../data/inspect-table.js';
import { hasRepeats } from '../../data/repeats.js';
import type { TableReading } from '../../data/said-table.js';
import { withFreeNames } from '../../project/from-table/free-names.js';
import { rolesOf, type Asked, type Roles, type Table } from '../../project/from-table/roles.js';
import { projectTexts } from '../../project/from-table/write.js';
import { shellWord } from '../../common/processes/shell-word.js';
import { tableLeaks } from './table-leaks.js';
import { makesFiles } from '../operation.js';
import { writeProject } from './write-project.js';

interface FromTable extends Partial<Asked> {
  /** The table, of which the project gets a copy. */
  from: string;
  /** What the table leaves open. */
  reading?: Omit<TableReading, 'format' | 'say'>;
  /** Where; else a folder of the table's name. */
  dir?: string;
  /** Only says what is understood, and makes nothing. */
  look?: boolean;
}

/** A project about a table that is there: which columns it learns from, and what it finds or predicts. */
export const projectFromTable = makesFiles(
  'projects.from-table',
  async ({ progress, signal }, { from, dir, look = false, reading: said = {}, ...asked }: FromTable) => {
    const { target } = asked;
    if (target === undefined) throw new InputError('init --from: found no --target, expected the column to predict');
    const file = basename(from);
    const name = nameOf(file);
    const { table, reading } = await inspected(from, said, progress);
    const found = rolesOf(table, { ...asked, target });
    found.repeats = await rowsRepeat(from, found, reading);
    for (const { column, why } of await tableLeaks(from, found, reading, signal))
      found.warnings.push(
        `${column}: ${why}; if it is not known when a prediction is asked for: --without ${shellWord(column)}`,
      );
    const roles = withFreeNames(found);
    const { mlops, sql } = projectTexts(name, file, table, roles, reading);
    const folder = resolve(dir ?? name);
    return { folder, files: look ? [] : await writeProject(folder, from, { mlops, sql }), roles };
  },
);

/**
 * A table, and how it is read: where nothing was said, and its numbers can only have a decimal comma, with one. Another
 * reading would take them for texts.
 */
export async function inspected(
  from: string,
  said: Omit<TableReading, 'format' | 'say'>,
  say: (note: string) => void,
): Promise<{ table: Table; reading: Omit<TableReading, 'format' | 'say'> }> {
  const notes: string[] = [];
  const table = await inspectTable(from, { ...said, say: (note) => notes.push(note) });
  const { commas = [] } = table;
  if (said.decimal !== undefined || commas.length === 0) {
    for (const note of notes) say(note);
    return { table, reading: said };
  }
  const reading = { ...said, decimal: ',' as const };
  say(`${basename(from)}: ${commas.join(', ')}: numbers with a decimal comma; to leave them texts: --decimal .`);
  return { table: await inspectTable(from, { ...reading, say }), reading };
}

/** Whether several rows have the same entity and time; where one has none, that is what is wrong with it. */
export async function rowsRepeat(from: string, { entity, time }: Roles, reading: TableReading): Promise<boolean> {
  const named = [entity, time].filter((column) => column !== undefined);
  if (entity === undefined || named.some(({ nulls }) => nulls > 0)) return false;
  const names = named.map(({ name }) => name);
  return hasRepeats(from, names, reading);
}

/** `House Sales 2024.csv.gz` -> `house-sales-2024`. */
export function nameOf(file: string): string {
  const stem = file.replace(/\.(csv|tsv|parquet|jsonl?|ndjson|xls[xm])(\.gz)?$/i, '').toLowerCase();
  const name = stem
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return name === '' ? 'project' : name;
}
