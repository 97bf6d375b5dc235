// VS Code's desktop program: a person's own, by its `code` command, and for tests one that is downloaded. Either gets
// the extension installed from its package.
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { packExtension } from './pack.mjs';
import { testsHost } from './serve.mjs';
import { find, MissingTool } from './tools.mjs';

/** On Windows the command is a batch file; on a Mac it is often on no PATH. */
const code = {
  name: 'VS Code',
  commands: ['code', 'code-insiders'],
  suffix: '.cmd',
  apt: '',
  mac: '',
  places: [
    '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
    join(homedir(), 'AppData/Local/Programs/Microsoft VS Code/bin/code.cmd'),
    'C:\\Program Files\\Microsoft VS Code\\bin\\code.cmd',
  ],
};

/** @returns {string | undefined} the path of the `code` command */
export const findCode = () => find(code);

/**
 * Opens a folder in a window of its own, in the person's VS Code.
 * @param {string} folder
 * @throws {MissingTool} when there is no `code` command
 */
export async function openOnDesktop(folder) {
  const command = findCode();
  if (!command) {
    throw new MissingTool(
      'the command `code` is missing: install VS Code (code.visualstudio.com), or use -- --browser',
    );
  }
  await install([command], packExtension());
  await run([command, '--new-window', resolve(folder)]);
  console.log('\nVS Code opens with your project. In a browser instead: npm start -- --browser');
}

/**
 * @param {{ vsix: string, folder: string, testsPath: string }} options
 * @returns {Promise<number>} the exit code of the run
 */
export async function runOnDesktop({ vsix, folder, testsPath }) {
  const vscodeExecutablePath = await downloadAndUnzipVSCode();
  await install(resolveCliArgsFromVSCodeExecutablePath(vscodeExecutablePath), vsix);
  return runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: testsHost,
    extensionTestsPath: resolve(testsPath),
    launchArgs: [folder, '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
  });
}

/**
 * @param {string[]} command with what it always gets
 * @param {string} vsix a package of a version that is there already replaces it
 */
const install = (command, vsix) => run([...command, '--install-extension', resolve(vsix), '--force']);

/** @param {string[]} words */
async function run(words) {
  // Only a shell runs a batch file, and it wants words with spaces in quotes.
  const shell = process.platform === 'win32';
  const [command, ...args] = shell ? words.map((word) => `"${word}"`) : words;
  const child = spawn(command, args, { stdio: 'inherit', shell });
  const status = await new Promise((done, reject) => child.once('error', reject).once('exit', done));
  if (status === 0) return;
  throw new Error(`${words.join(' ')} ended with exit code ${status}; in a browser instead: npm start -- --browser`);
}
