import { basename, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { inspectTable } from '../../data/inspect-table.js';
import { hasRepeats } from '../../data/repeats.js';
import type { TableReading } from '../../data/said-table.js';
import { withFreeNames } from '../../project/from-table/free-names.js';
import { rolesOf, type Asked, type Roles } from '../../project/from-table/roles.js';
import { projectTexts } from '../../project/from-table/write.js';
import { shellWord } from '../../common/shell-word.js';
import { tableLeaks } from './table-leaks.js';
import { makesFiles } from '../operation.js';
import { writeProject } from './write-project.js';

interface FromTable extends Partial<Asked> {
  /** The table, of which the project gets a copy. */
  from: string;
  /** What stands before a number's fraction. */
  decimal?: '.' | ',';
  /** Where; else a folder of the table's name. */
  dir?: string;
}

/** A project about a table that is there: which columns it learns from, and what it finds or predicts. */
export const projectFromTable = makesFiles(
  'projects.from-table',
  async ({ progress, signal }, { from, dir, decimal, ...asked }: FromTable) => {
    const { target } = asked;
    if (target === undefined) throw new InputError('init --from: found no --target, expected the column to predict');
    const file = basename(from);
    const name = nameOf(file);
    const table = await inspectTable(from, { decimal, say: progress });
    const found = rolesOf(table, { ...asked, target });
    found.repeats = await rowsRepeat(from, found, { decimal });
    for (const { column, why } of await tableLeaks(from, found, { decimal }, signal))
      found.warnings.push(
        `${column}: ${why}; if it is not known when a prediction is asked for: --without ${shellWord(column)}`,
      );
    const roles = withFreeNames(found);
    const { mlops, sql } = projectTexts(name, file, table, roles, decimal);
    const folder = resolve(dir ?? name);
    return { folder, files: await writeProject(folder, from, { mlops, sql }), roles };
  },
);

/** Whether several rows have the same entity and time; where one has none, that is what is wrong with it. */
export async function rowsRepeat(from: string, { entity, time }: Roles, reading: TableReading): Promise<boolean> {
  const named = [entity, time].filter((column) => column !== undefined);
  if (entity === undefined || named.some(({ nulls }) => nulls > 0)) return false;
  const names = named.map(({ name }) => name);
  return hasRepeats(from, names, reading);
}

/** `House Sales 2024.csv.gz` -> `house-sales-2024`. */
export function nameOf(file: string): string {
  const stem = file.replace(/\.(csv|tsv|parquet|jsonl?|ndjson)(\.gz)?$/i, '').toLowerCase();
  const name = stem
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return name === '' ? 'project' : name;
}
