// The window whose project lies in a double of an AWS account: moto with our own answers before it, and a platform that
// runs jobs, pipelines and endpoints as processes of this machine. Nothing of a real account is in reach: credentials
// are made up, in a home folder that is removed in the end.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { pythonOf } from '../python.mjs';
import { MissingTool } from '../vscode/tools.mjs';
import { runInBrowser } from './window.mjs';

/**
 * @param {object} options
 * @param {(() => unknown)[]} options.ends grows with everything that is started
 * @param {string} options.vsix the extension's package
 * @param {Record<string, string>} options.env
 * @param {string} options.compiled
 * @param {boolean} options.onDesktop
 * @returns {Promise<number>}
 */
export async function awsPart({ ends, vsix, env, compiled, onDesktop }) {
  if (onDesktop) throw new MissingTool("the desktop's windows cannot be looked into");
  const python = await pythonOf('aws');
  const home = mkdtempSync(join(tmpdir(), 'mlops-e2e-aws-'));
  ends.push(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  /** @type {typeof import('../../test/e2e/aws/support/host.js')} */
  const { startHost } = await tsImport('../../test/e2e/aws/support/host.ts', import.meta.url);
  const host = await startHost(python, home);
  ends.push(host.stop);
  return runInBrowser({
    vsix,
    folder: host.project,
    compiled,
    env: { ...env, ...host.env },
    actions: host.actions,
    ends,
  });
}
