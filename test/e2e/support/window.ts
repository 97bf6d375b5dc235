/** What VS Code itself asks and says: pickers, modal questions, input boxes, messages. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import * as driver from './driver.js';

const picker = '.quick-input-widget';

/** Chooses the first line of a picker that begins so; its text. */
export async function choose(label: string): Promise<string> {
  const row = `${picker} .monaco-list-row`;
  const rows = await driver.windowTexts(row);
  const at = rows.findIndex((text) => text.startsWith(label));
  if (at === -1) throw new Error(`the picker has no ${label}: ${rows.join(' | ')}`);
  await driver.windowClick(`${row} >> nth=${at}`);
  return rows[at]!;
}

/** What an input box asks, with its title; it is answered unless `text` is undefined. */
export async function typeName(text: string | undefined): Promise<string> {
  await driver.windowTexts(`${picker} input.input`);
  const asked = (await driver.windowTexts(picker)).join('\n');
  if (text === undefined) return asked;
  await driver.type(text);
  await driver.press('Enter');
  await driver.windowGone(picker);
  return asked;
}

/** Leaves the picker or box that is open, once there is one. */
export async function leaveQuestion(): Promise<void> {
  await driver.windowTexts(`${picker} input`);
  await driver.windowClick(`${picker} input >> visible=true`);
  await driver.press('Escape');
  await driver.windowGone(picker);
}

/**
 * Answers modal questions with a button, undefined for none, until it is told to stop. VS Code refuses to show modal
 * dialogs in a window under test, so this stands in the place of its own. `onAsked` is told what each question says.
 */
export function answerModals(button: string | undefined, onAsked: (text: string) => void): { stop: () => void } {
  const kinds = ['showWarningMessage', 'showInformationMessage'] as const;
  const window = apiOfTheExtension().window as unknown as Record<(typeof kinds)[number], Show>;
  const own = kinds.map((kind) => window[kind]);
  kinds.forEach((kind, index) => {
    window[kind] = (message, options, ...buttons) => {
      if (!isModal(options)) return own[index]!(message, options, ...buttons);
      onAsked([message, options.detail, ...buttons].join('\n'));
      return Promise.resolve(buttons.find((one) => one === button));
    };
  });
  return { stop: () => kinds.forEach((kind, index) => (window[kind] = own[index]!)) };
}

/** Answers the next modal question with a button; what it says. */
export function answerModal(button: string): Promise<string> {
  return new Promise((asked) => {
    const answering = answerModals(button, (text) => {
      answering.stop();
      asked(text);
    });
  });
}

/** Does something while the workspace says of itself that it is not trusted: a window under test always is. */
export async function whileUntrusted<Result>(work: () => Thenable<Result>): Promise<Result> {
  const { workspace } = apiOfTheExtension();
  const own = Object.getOwnPropertyDescriptor(workspace, 'isTrusted')!;
  Object.defineProperty(workspace, 'isTrusted', { ...own, get: () => false });
  try {
    return await work();
  } finally {
    Object.defineProperty(workspace, 'isTrusted', own);
  }
}

/** VS Code hands each extension an API of its own, by the place of the file that asks for it. */
function apiOfTheExtension(): typeof vscode {
  const { extensionPath } = vscode.extensions.getExtension('mlops-workbench.mlops-workbench')!;
  return createRequire(join(extensionPath, 'dist', 'extension.js'))('vscode') as typeof vscode;
}

type Show = (message: string, options: unknown, ...buttons: unknown[]) => Thenable<unknown>;

function isModal(options: unknown): options is vscode.MessageOptions {
  return typeof options === 'object' && options !== null && 'modal' in options && options.modal === true;
}

/** Where messages are: a window under test shows no toasts. */
const center = '.notifications-center';
const message = `${center} .notification-list-item`;

/** The messages that are open, with their buttons, once there is one. */
export async function messages(): Promise<string> {
  await vscode.commands.executeCommand('notifications.showList');
  return (await driver.windowTexts(message)).join('\n');
}

export async function messageCount(): Promise<number> {
  await vscode.commands.executeCommand('notifications.showList');
  return driver.windowCount(message);
}

/** Presses a button of a message. */
export const answerMessage = (button: string): Promise<void> =>
  driver.windowClick(`${message} .monaco-button:has-text("${button}")`);

export async function dismissMessages(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('notifications.hideList');
  await driver.windowGone(center);
}

/**
 * Accepts the path that a file dialog shows: once its folder is listed, for before that it takes no answer.
 * @param next what the picker offers that comes in its place, where one does
 */
export async function acceptPath(path: string, next?: string): Promise<void> {
  await inputSays(path);
  await driver.windowTexts(`${picker} .monaco-list-row`);
  await driver.press('Enter');
  if (next === undefined) await driver.windowGone(picker);
  else await driver.windowTexts(`${picker} .monaco-list-row:has-text("${next}")`);
}

/** Types a path into a file dialog and accepts it: until its folder is listed, the dialog writes there itself. */
export async function typePath(path: string, next?: string): Promise<void> {
  await driver.windowTexts(`${picker} .monaco-list-row`);
  await driver.windowFill(`${picker} input.input`, path);
  await acceptPath(path, next);
}

/** Waits until the box that is open says so, such as the path of a save dialog. */
export const inputSays = (text: string): Promise<void> => driver.windowSays(`${picker} input.input`, text);
