import { basename, join, parse } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../../common/errors.js';
import type { TableProfile } from '../../../documents/tables/table-profile.js';
import type { EditorServices } from '../../editor-services.js';
import { filesCli } from '../../runs/ask-cli.js';
import { withProgress } from '../../session/progress.js';
import { tableOf } from '../tables/table-file.js';

/** What another command or a test says instead of answering questions. */
export interface TableWords {
  /** The table that the project is about. */
  file: string;
  /** Where the project is made. */
  folder: string;
}
export type Services = Pick<EditorServices, 'runCli'>;
export type Column = TableProfile['columns'][number];

/**
 * Makes a project about predictions that are made elsewhere: its user picks the table and what its columns are, sees what
 * was understood, and says yes.
 * @returns the folder; undefined: not after all
 */
export async function makePredictionsProject(
  services: Services,
  said: Partial<TableWords>,
): Promise<string | undefined> {
  const file = await tableOf(said, { openLabel: 'Look at Predictions' });
  if (file === undefined) return undefined;
  const { columns } = (await withProgress(`Looking at ${basename(file)}`, (_, signal) =>
    filesCli(services, ['profile', '--data', file], { signal }),
  )) as TableProfile;
  const roles = await askColumns(columns);
  if (roles === undefined) return undefined;
  const init = ['init', '--predictions', file, ...roles];
  const looked = await filesCli(services, [...init, '--dry-run']);
  if (!(await confirm(basename(file), looked as Understood))) return undefined;
  const folder = said.folder ?? (await askFolder(parse(file).name));
  if (folder === undefined) return undefined;
  await withProgress(`Making ${basename(folder)}`, (_, signal) => filesCli(services, [...init, folder], { signal }));
  return folder;
}

/** What the columns are, in the words of the command; undefined: not after all. */
async function askColumns(columns: readonly Column[]): Promise<string[] | undefined> {
  const times = columns.filter(({ type }) => type === 'datetime');
  if (times.length === 0)
    throw new InputError('found no column of times, expected one that says when a row was predicted');
  const label = await pick('What came of it? The true class or value', columns);
  if (label === undefined) return undefined;
  const others = columns.filter((column) => column !== label && !times.includes(column));
  const scores = await pickScores(label, others);
  if (scores === undefined || scores.length === 0) return undefined;
  const time = times.length === 1 ? times[0] : await pick('When was it predicted?', times);
  if (time === undefined) return undefined;
  const [first, second] = scores;
  const named = second === undefined && words.has(first!.type) ? '--class' : '--score';
  // A column may be called as an option is.
  return [`--label=${label.column}`, ...scores.map(({ column }) => `${named}=${column}`), `--time=${time.column}`];
}

const words = new Set<Column['type']>(['text', 'category', 'boolean']);

export const pick = async (title: string, columns: readonly Column[]): Promise<Column | undefined> =>
  (await vscode.window.showQuickPick(columns.map(itemOf), { title, matchOnDescription: true }))?.column;

/** Of more than two classes there may be a score each. */
async function pickScores(label: Column, others: readonly Column[]): Promise<readonly Column[] | undefined> {
  if ((label.distinct ?? 0) <= 2 || label.type === 'float') {
    const one = await pick('What was predicted? The score, the value or the class', others);
    return one && [one];
  }
  const title = 'What was predicted? The class or value, or the scores of all classes';
  const items = others.map(itemOf);
  return (await vscode.window.showQuickPick(items, { title, canPickMany: true }))?.map(({ column }) => column);
}

export function itemOf(column: Column) {
  const { type, top = [] } = column;
  const distinct = column.distinct ?? 0;
  const values = top.slice(0, 3).map(({ value }) => value);
  const few = values.length > 0 && (words.has(type) || distinct <= 10);
  const shown = few ? `: ${values.join(', ')}${distinct > values.length ? ', …' : ''}` : '';
  return { label: column.column, description: `${type}${shown}`, column };
}

/** What `init --dry-run` understood. */
export interface Understood {
  understood: { text: string }[];
  /** The first day that is judged, where a project judges what another system predicted. */
  reference?: string;
}

export async function confirm(name: string, { understood, reference }: Understood): Promise<boolean> {
  const yes = 'Make Project';
  const lines = understood.map(({ text }) => text);
  if (reference !== undefined) lines.push(`rows before ${reference} are the reference; later ones are judged by it`);
  const detail = lines.join('\n');
  const question = `This is what ${name} holds. Make a project?`;
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) === yes;
}

export async function askFolder(name: string): Promise<string | undefined> {
  const options = {
    ...{ canSelectFolders: true, canSelectFiles: false },
    title: `A folder "${name}" is made in`,
    openLabel: 'Make Project Here',
  };
  const [parent] = (await vscode.window.showOpenDialog(options)) ?? [];
  return parent && join(parent.fsPath, name);
}
