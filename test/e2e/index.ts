/** Called by VS Code in its extension host: runs the bundled tests, in this folder or, in an account, those in `aws`. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { ask, hasBrowser } from './support/bridge.js';

/** Seen from out/test, where this file runs. */
const reporter = join(__dirname, '../../test/support/reporter.cjs');

/** VS Code passes the extension host's output on when it finds time; a test's lines should come at once and in order. */
function printThroughBridge(): () => Promise<void> {
  let printed = Promise.resolve();
  const print = (...line: unknown[]) => {
    printed = printed.then(() => ask<void>('print', format(...line)));
  };
  Mocha.reporters.Base.consoleLog = print;
  // VS Code's own console ignores assignments to its methods.
  globalThis.console = Object.create(console, { log: { value: print }, error: { value: print } }) as Console;
  return () => printed;
}

/** @throws when a test failed, which VS Code reports as an exit code other than 0 */
export async function run(): Promise<void> {
  const flush = hasBrowser ? printThroughBridge() : () => Promise.resolve();
  const mocha = new Mocha({
    reporter,
    timeout: 60_000,
    forbidOnly: true,
    color: false,
    bail: process.env.MLOPS_E2E_BAIL !== undefined,
  });
  const { MLOPS_E2E_ONLY: only, MLOPS_E2E_PART: part, MLOPS_E2E_NIGHT: night } = process.env;
  if (only) mocha.grep(new RegExp(only));
  const again = hasBrowser && (await ask<boolean>('isReloaded'));
  if (again) process.env.MLOPS_TEST_COUNTS += '.reloaded';
  const all = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.js'));
  const chosen = again ? 'reloaded' : part === 'aws' ? 'aws' : night ? 'night' : '.';
  const files = all.filter((name) => dirname(name) === chosen);
  for (const file of files.sort()) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  await flush();
  if (failures === 0 && hasBrowser && part === 'local' && !again) return reloadWindow();
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** Loads the window again, which ends this process; the next one runs the tests in `reloaded`. */
async function reloadWindow(): Promise<never> {
  await ask('willReload');
  void vscode.commands.executeCommand('workbench.action.reloadWindow');
  return new Promise(() => undefined);
}
