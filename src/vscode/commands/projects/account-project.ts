import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { filesCli } from '../../runs/ask-cli.js';
import { withProgress } from '../../session/progress.js';
import { askFolder, type Services } from './predictions-project.js';

/** What another command or a test says instead of answering questions. */
export interface AccountWords {
  /** The .env file that a deployed pipeline left. */
  variables: string;
  /** Where the project is made. */
  folder: string;
}

/**
 * Makes a project about a system that runs in an AWS account: by the .env file of its pipeline, or by its endpoint's name.
 * Nothing is changed there.
 * @returns the folder; undefined: not after all
 */
export async function makeAccountProject(services: Services, said: Partial<AccountWords>): Promise<string | undefined> {
  const about = said.variables === undefined ? await askWhat() : fromVariables(said.variables);
  if (about === undefined) return undefined;
  const folder = said.folder ?? (await askFolder(about.name));
  if (folder === undefined) return undefined;
  await withProgress(`Looking at ${about.name}`, (_, signal) =>
    filesCli(services, ['init', folder, ...about.words], { signal }),
  );
  return folder;
}

interface About {
  name: string;
  /** In the words of the command. */
  words: string[];
}

const fromVariables = (path: string): About => ({ name: basename(dirname(path)), words: ['--from-env', path] });

async function askWhat(): Promise<About | undefined> {
  const ways = [
    { label: 'By its .env file', detail: 'As a pipeline that was deployed left it', ask: askVariables },
    { label: 'By its endpoint', detail: 'Its name, its region, and the profile to sign in with', ask: askEndpoint },
  ];
  return (await vscode.window.showQuickPick(ways, { title: 'How is the system found?' }))?.ask();
}

async function askVariables(): Promise<About | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: 'Which .env file?', openLabel: 'Look at File' })) ?? [];
  return file && fromVariables(file.fsPath);
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
