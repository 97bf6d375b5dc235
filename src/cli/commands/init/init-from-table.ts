import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../../../common/errors.js';
import { inspectTable } from '../../../data/inspect-table.js';
import { rolesOf, type Asked, type Roles } from '../../../project/from-table/roles.js';
import { entityName, projectTexts } from '../../../project/from-table/write.js';
import { emptyFolder } from '../../../project/templates.js';
import { parseProject } from '../../../project/load.js';

export interface MadeFromTable {
  folder: string;
  files: string[];
  roles: Roles;
}

/** `mlops init --from data.csv --target y [DIR]`: a project about a table that is there, with a copy of it. */
export async function initFromTable(
  from: string,
  asked: Partial<Asked>,
  dir: string | undefined,
  say: (note: string) => void,
): Promise<MadeFromTable> {
  const { target } = asked;
  if (target === undefined) throw new InputError('init --from: found no --target, expected the column to predict');
  const file = basename(from);
  const name = nameOf(file);
  const table = await inspectTable(from, { say });
  const roles = rolesOf(table, { ...asked, target });
  const { mlops, sql } = projectTexts(name, file, table, roles);
  parseProject(mlops);
  const folder = resolve(dir ?? name);
  await emptyFolder(folder);
  await mkdir(join(folder, 'data'));
  await copyFile(from, join(folder, 'data', file));
  await writeFile(join(folder, 'mlops.json'), mlops);
  await writeFile(join(folder, 'features.sql'), sql);
  return { folder, files: [`data/${file}`, 'features.sql', 'mlops.json'], roles };
}

/** `House Sales 2024.csv.gz` -> `house-sales-2024`. */
function nameOf(file: string): string {
  const stem = file.replace(/\.(csv|tsv|parquet|jsonl?|ndjson)(\.gz)?$/i, '').toLowerCase();
  const name = stem
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return name === '' ? 'project' : name;
}

/** A project's model finds one class or a value: of a few whole numbers only a person knows which they are. */
const seemsClasses = ({ whole, distinct }: Roles['target'], task: Roles['task']): boolean =>
  task === 'regression' && whole && distinct <= 10;

/** What was decided about the columns, for a person to check. */
export function rolesText(roles: Roles): string[] {
  const { target, task, positive, time, numbers, categories, leftOut } = roles;
  const as = positive === undefined ? '' : `, "${positive}" counts as 1`;
  const lines = [
    `predicts ${target.name} (${task}${as})`,
    ...(seemsClasses(target, task)
      ? [
          `its ${target.distinct} whole numbers are taken as values (2 counts as twice 1); if they are classes, find one of them: --positive VALUE`,
        ]
      : []),
    `an example is named by ${entityName(roles)}${time === undefined ? '' : ` and ${time.name}`}`,
    `learns from ${numbers.length} numbers and ${categories.length} texts of few values`,
    ...leftOut.map(({ name, why }) => `leaves out ${name || 'a column'}: ${why}`),
    ...roles.warnings.map((warning) => `look: ${warning}`),
  ];
  return lines.map((line) => `  ${line}`);
}
