import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { filesCli } from '../../runs/ask-cli.js';
import { withProgress } from '../../session/progress.js';
import { askFolder, type Services, type TableWords } from './predictions-project.js';

/**
 * Makes a project about a system that runs in an AWS account: by the .env file of its pipeline, or by its endpoint's name.
 * Nothing is changed there.
 * @returns the folder; undefined: not after all
 */
export async function makeAccountProject(
  services: Services,
  said: Partial<Pick<TableWords, 'folder'>>,
): Promise<string | undefined> {
  const about = await askWhat();
  if (about === undefined) return undefined;
  const folder = said.folder ?? (await askFolder(about.name));
  if (folder === undefined) return undefined;
  const { notes } = (await withProgress(`Looking at ${about.name}`, (_, signal) =>
    filesCli(services, ['init', folder, ...about.words], { signal }),
  )) as { notes: string[] };
  // What could not be learned is said; nobody is waited for.
  if (notes.length > 0) void vscode.window.showWarningMessage(`${basename(folder)}: ${notes.join('; ')}`);
  return folder;
}

interface About {
  name: string;
  /** In the words of the command. */
  words: string[];
}

async function askWhat(): Promise<About | undefined> {
  const ways = [
    { label: 'By its .env file', detail: 'As a pipeline that was deployed left it', ask: askVariables },
    { label: 'By its endpoint', detail: 'Its name, its region, and the profile to sign in with', ask: askEndpoint },
  ];
  return (await vscode.window.showQuickPick(ways, { title: 'How is the system found?' }))?.ask();
}

async function askVariables(): Promise<About | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: 'Which .env file?', openLabel: 'Look at File' })) ?? [];
  // A deployed pipeline's file lies in its folder.
  return file && { name: basename(dirname(file.fsPath)), words: ['--from-env', file.fsPath] };
}

async function askEndpoint(): Promise<About | undefined> {
  const name = await ask('What is the endpoint called?', 'Its name in SageMaker. It is asked, never changed.');
  if (!name) return undefined;
  const region = await ask('In which region does it run?', 'Such as eu-west-1. Empty: the one of the profile.');
  if (region === undefined) return undefined;
  const profile = await ask('Which profile signs in?', 'Of your AWS configuration. Empty: the usual one.');
  if (profile === undefined) return undefined;
  const given = Object.entries({ region, profile }).flatMap(([option, value]) =>
    value ? [`--${option}=${value}`] : [],
  );
  return { name, words: [`--from-endpoint=${name}`, ...given] };
}

const ask = (title: string, prompt: string) =>
  vscode.window.showInputBox({ title, prompt, ignoreFocusOut: true }).then((text) => text?.trim());
