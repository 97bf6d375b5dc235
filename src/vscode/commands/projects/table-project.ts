import { basename, parse } from 'node:path';
import type { TableProfile } from '../../../documents/tables/table-profile.js';
import { filesCli } from '../../runs/ask-cli.js';
import { withProgress } from '../../session/progress.js';
import { sheetWords } from '../tables/pick-sheet.js';
import { tableOf } from '../tables/table-file.js';
import { askFolder, confirm, pick, type Services, type TableWords, type Understood } from './predictions-project.js';

/**
 * Makes a project about a table: its user picks the table and the column to predict, sees what was understood of the
 * others, and says yes.
 * @returns the folder; undefined: not after all
 */
export async function makeTableProject(services: Services, said: Partial<TableWords>): Promise<string | undefined> {
  const file = await tableOf(said, { openLabel: 'Look at Table' });
  if (file === undefined) return undefined;
  const sheet = await sheetWords(file);
  if (sheet === undefined) return undefined;
  const name = basename(file);
  const { columns } = (await withProgress(`Looking at ${name}`, (_, signal) =>
    filesCli(services, ['profile', '--data', file, ...sheet], { signal }),
  )) as TableProfile;
  const target = await pick('Which column is to be predicted?', columns);
  if (target === undefined) return undefined;
  // A column may be called as an option is.
  const init = ['init', '--from', file, ...sheet, `--target=${target.column}`];
  const looked = await withProgress(`Looking at what predicts ${target.column}`, (_, signal) =>
    filesCli(services, [...init, '--dry-run'], { signal }),
  );
  if (!(await confirm(name, looked as Understood))) return undefined;
  const folder = said.folder ?? (await askFolder(parse(file).name));
  if (folder === undefined) return undefined;
  await withProgress(`Making ${basename(folder)}`, (_, signal) => filesCli(services, [...init, folder], { signal }));
  return folder;
}
