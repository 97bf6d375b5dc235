import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { inspectTable } from '../../data/inspect-table.js';
import { rolesOf, type Asked } from '../../project/from-table/roles.js';
import { projectTexts } from '../../project/from-table/write.js';
import { emptyFolder } from '../../project/templates.js';
import { parseProject } from '../../project/load.js';
import { shellWord } from '../../common/shell-word.js';
import { tableLeaks } from './table-leaks.js';
import { makesFiles } from '../operation.js';

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
    const roles = rolesOf(table, { ...asked, target });
    for (const { column, why } of await tableLeaks(from, roles, { decimal }, signal))
      roles.warnings.push(
        `${column}: ${why}; if it is not known when a prediction is asked for: --without ${shellWord(column)}`,
      );
    const { mlops, sql } = projectTexts(name, file, table, roles, decimal);
    parseProject(mlops);
    const folder = resolve(dir ?? name);
    await emptyFolder(folder);
    await mkdir(join(folder, 'data'));
    await copyFile(from, join(folder, 'data', file));
    await writeFile(join(folder, 'mlops.json'), mlops);
    await writeFile(join(folder, 'features.sql'), sql);
    return { folder, files: [`data/${file}`, 'features.sql', 'mlops.json'], roles };
  },
);

/** `House Sales 2024.csv.gz` -> `house-sales-2024`. */
function nameOf(file: string): string {
  const stem = file.replace(/\.(csv|tsv|parquet|jsonl?|ndjson)(\.gz)?$/i, '').toLowerCase();
  const name = stem
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return name === '' ? 'project' : name;
}
