// The same tests in VS Code's desktop program, where its download can be reached.
import { resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';

/**
 * @param {{ extension: string, folder: string, testsPath: string }} options
 * @returns {Promise<number>} the exit code of the run
 */
export function runOnDesktop({ extension, folder, testsPath }) {
  return runTests({
    extensionDevelopmentPath: resolve(extension),
    extensionTestsPath: resolve(testsPath),
    launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
  });
}
