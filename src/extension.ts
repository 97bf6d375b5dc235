import { join } from 'node:path';
import type * as vscode from 'vscode';
import { openEnvironment } from './platform/open.js';
import { listTemplates } from './project/templates.js';
import { forkEngine, runCli } from './vscode/runs/fork.js';
import { askMfa } from './vscode/session/ask-mfa.js';
import { readSetting, userSetting } from './vscode/settings.js';
import { start, type Api } from './vscode/start.js';

/** Called by VS Code when something of ours is first used. */
export function activate(context: vscode.ExtensionContext): Api {
  const script = (name: string) => join(context.extensionPath, 'dist', `${name}.js`);
  const node = () => readSetting('node') || process.execPath;
  return start(context, {
    openEnvironment: (project, name) => {
      const files = { node: node(), endpointScript: script('endpoint') };
      return openEnvironment(project, name, files, {
        ...awsSettings(),
        allowed: writable,
        askMfa,
      });
    },
    forkEngine: (request, logFile) => {
      const user = { ...awsSettings(), allowed: writable() };
      return forkEngine(node(), script('engine'), { ...request, user }, logFile);
    },
    runCli: (args, options) => runCli(node(), script('cli'), args, options?.signal),
    templates: () => listTemplates(join(context.extensionPath, 'templates')),
  });
}

/**
 * Environments that the user opened, each with its account: a name alone would open whatever a cloned project calls so,
 * in whatever account it is signed in to.
 */
const writable = (): string[] => userSetting('aws.write').filter((entry) => /^[^@]+@[0-9]{12}$/.test(entry));

/** Where `mlops.json` leaves them open. */
function awsSettings() {
  return { profile: readSetting('aws.profile') || undefined, region: readSetting('aws.region') || undefined };
}
