/**
 * What a test can see and do like a person: pictures, the pages in webviews, the window around them, the theme.
 * Selectors are CSS; everything waits until it is there, and fails with the selector's name after 15 s.
 */
import * as vscode from 'vscode';
import themes from '../../../scripts/vscode/themes.json';
import { ask, hasBrowser } from './bridge.js';

export interface ConsoleProblem {
  text: string;
  url: string;
}

/** A test that looks through the browser; on the desktop it is skipped, and says why. */
export function itInBrowser(title: string, body: (this: Mocha.Context) => Promise<void>): void {
  if (hasBrowser) it(title, body);
  else it.skip(`${title} (the desktop's windows cannot be looked into)`, body);
}

/** Saves the whole window as test-results/<name>.png. */
export const screenshot = (name: string): Promise<void> => ask('screenshot', name);

/** The text of the first match in a visible webview, as it is shown. */
export const webviewText = (selector: string): Promise<string> => ask('webviewText', selector);

/** The outer HTML of the first match in a visible webview. */
export const webviewHtml = (selector: string): Promise<string> => ask('webviewHtml', selector);

/** Clicks the first match in a visible webview. */
export const webviewClick = (selector: string): Promise<void> => ask('webviewClick', selector);

/**
 * Evaluates a JavaScript expression in the visible webview that has `selector` (default: any), also where the page's
 * content security policy forbids eval. A promise is awaited; the value must survive JSON.
 */
export const webviewEvaluate = <T>(expression: string, selector = 'body'): Promise<T> =>
  ask('webviewEvaluate', expression, selector);

/** The text of every match in VS Code's window outside webviews (tree rows, the status bar), once there is one. */
export const windowTexts = (selector: string): Promise<string[]> => ask('windowTexts', selector);

/** Waits until the first input that matches in VS Code's window has a value. */
export const windowSays = (selector: string, value: string): Promise<void> => ask('windowSays', selector, value);

/** Has the first input that matches in VS Code's window hold a text, whatever the window writes there meanwhile. */
export const windowFill = (selector: string, text: string): Promise<void> => ask('windowFill', selector, text);

/** Clicks the first match in VS Code's window outside webviews. */
export const windowClick = (selector: string): Promise<void> => ask('windowClick', selector);

/** Presses a key or a chord in playwright's words, such as `Escape` or `Control+Enter`. */
export const press = (key: string): Promise<void> => ask('press', key);

/** Types into what has the focus. */
export const type = (text: string): Promise<void> => ask('type', text);

/** Runs a command as a person without a mouse does: by its title in the palette, going down to it where others are alike. */
export async function palette(title: string): Promise<void> {
  await press('F1');
  await windowTexts('.quick-input-widget input');
  await type(title);
  const row = `.quick-input-list .monaco-list-row[aria-label^="${title}"]`;
  await windowTexts(row);
  while ((await windowCount(`${row}.focused`)) === 0) await press('ArrowDown');
  await press('Enter');
}

/** Waits until nothing in VS Code's window matches any more. */
export const windowGone = (selector: string): Promise<void> => ask('windowGone', selector);

/** How many visible matches VS Code's window has at this moment. */
export const windowCount = (selector: string): Promise<number> => ask('windowCount', selector);

/** Errors and violated policies that our pages caused since this was last asked; VS Code's own noise is left out. */
export const consoleProblems = (): Promise<ConsoleProblem[]> => ask('consoleProblems');

/** Changes VS Code's colour theme, and returns when the window and its webviews wear it. */
export async function setTheme(name: keyof typeof themes): Promise<void> {
  const settings = vscode.workspace.getConfiguration('workbench');
  await settings.update('colorTheme', themes[name], vscode.ConfigurationTarget.Global);
  if (hasBrowser) await ask('themeShown', name);
}
