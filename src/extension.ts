import { join } from 'node:path';
import type * as vscode from 'vscode';
import { openEnvironment } from './platform/open.js';
import { listTemplates } from './project/templates.js';
import { forkEngine, runCli } from './vscode/runs/fork.js';
import { readSetting } from './vscode/settings.js';
import { start, type Api } from './vscode/start.js';

/** Called by VS Code when something of ours is first used. */
export function activate(context: vscode.ExtensionContext): Api {
  const script = (name: string) => join(context.extensionPath, 'dist', `${name}.js`);
  const node = () => readSetting('node') || process.execPath;
  return start(context, {
    openEnvironment: (project, name) =>
      openEnvironment(project, name, { node: node(), endpointScript: script('endpoint') }),
    forkEngine: (request, logFile) => forkEngine(node(), script('engine'), request, logFile),
    runCli: (args, options) => runCli(node(), script('cli'), args, options?.signal),
    templates: () => listTemplates(join(context.extensionPath, 'templates')),
  });
}
