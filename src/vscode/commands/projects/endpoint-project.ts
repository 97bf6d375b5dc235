import { basename } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../../common/errors.js';
import type { TableProfile } from '../../../documents/tables/table-profile.js';
import { endpointUrlProblem } from '../../../project/endpoint-url.js';
import { filesCli } from '../../runs/ask-cli.js';
import { withProgress } from '../../session/progress.js';
import {
  askFolder,
  confirm,
  itemOf,
  pick,
  type Column,
  type Services,
  type Understood,
} from './predictions-project.js';
import { tableOf } from '../tables/table-file.js';

/** What another command or a test says instead of answering questions. */
export interface EndpointWords {
  url: string;
  /** The table of rows with labels. */
  file: string;
  /** Where the project is made. */
  folder: string;
}

/**
 * Makes a project about an endpoint that is not ours: its user says where it is, picks rows with labels and what their columns are,
 * sees what the endpoint understood and answered, and says yes.
 * @returns the folder; undefined: not after all
 */
export async function makeEndpointProject(
  services: Services,
  said: Partial<EndpointWords>,
): Promise<string | undefined> {
  const url = said.url ?? (await askUrl());
  if (url === undefined) return undefined;
  const token = said.url === undefined ? await askToken() : '';
  if (token === undefined) return undefined;
  const file = await tableOf(said, { openLabel: 'Look at Rows with Labels' });
  if (file === undefined) return undefined;
  const { columns } = (await withProgress(`Looking at ${basename(file)}`, (_, signal) =>
    filesCli(services, ['profile', '--data', file], { signal }),
  )) as TableProfile;
  const roles = await askColumns(columns);
  if (roles === undefined) return undefined;
  const about = ['--url', url, '--sample-rows', file, ...roles, ...(token === '' ? [] : ['--token', `env:${token}`])];
  const name = new URL(url).hostname.replace(/[^a-z0-9]+/gi, '-').replace(/^-+|-+$/g, '');
  const looked = await withProgress(`Asking ${new URL(url).host} about a few rows`, (_, signal) =>
    filesCli(services, ['init', said.folder ?? name, ...about, '--dry-run'], { signal }),
  );
  if (!(await confirm(basename(file), looked as Understood))) return undefined;
  const folder = said.folder ?? (await askFolder(name));
  if (folder === undefined) return undefined;
  await withProgress(`Making ${basename(folder)}`, (_, signal) =>
    filesCli(services, ['init', folder, ...about], { signal }),
  );
  return folder;
}

const askUrl = () =>
  vscode.window.showInputBox({
    title: 'Where does the endpoint answer?',
    prompt: 'The address that rows are posted to. Nothing is changed there.',
    placeHolder: 'https://models.example.com/churn/invocations',
    ignoreFocusOut: true,
    validateInput: endpointUrlProblem,
  });

const askToken = () =>
  vscode.window.showInputBox({
    title: 'Which variable holds its token?',
    prompt: 'The name of an environment variable, such as CHURN_TOKEN. Leave it empty where there is none.',
    ignoreFocusOut: true,
    validateInput: (name) =>
      /^([A-Za-z_]\w*)?$/.test(name) ? undefined : 'Say the name of a variable, not the token.',
  });

/** What the columns are, in the words of the command; undefined: not after all. */
async function askColumns(columns: readonly Column[]): Promise<string[] | undefined> {
  const times = columns.filter(({ type }) => type === 'datetime');
  if (times.length === 0) throw new InputError('found no column of times, expected one that says when a row was seen');
  const label = await pick('What came of it? The true class or value', columns);
  if (label === undefined) return undefined;
  const time = times.length === 1 ? times[0] : await pick('When was it seen?', times);
  if (time === undefined) return undefined;
  const others = columns.filter((column) => column !== label && column !== time);
  const items = others.map((column) => ({ ...itemOf(column), picked: true }));
  const title = 'Which columns does the endpoint take?';
  const taken = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  if (taken === undefined || taken.length === 0) return undefined;
  const left = others.filter((column) => !taken.some((item) => item.column === column));
  const without = left.length === 0 ? [] : ['--without', ...left.map(({ column }) => column)];
  return [`--label=${label.column}`, `--time=${time.column}`, ...without];
}
