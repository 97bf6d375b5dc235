import { basename, dirname, join } from 'node:path';
import type * as vscode from 'vscode';
import { signInPlaces } from './platform/aws/account/sign-in-places.js';
import { forkEngine, nodeEnvironment, runCli } from './vscode/runs/fork.js';
import { askMfa } from './vscode/session/ask-mfa.js';
import { readSetting, userSetting } from './vscode/settings.js';
import { start, type Api } from './vscode/start.js';

/** Called by VS Code when something of ours is first used. */
export function activate(context: vscode.ExtensionContext): Api {
  const script = (name: string) => join(context.extensionPath, 'dist', `${name}.js`);
  const node = () => readSetting('node') || process.execPath;
  return start(context, {
    openEnvironment: async (project, name) => {
      const { openEnvironment } = await import('./platform/open.js');
      const files = { node: node(), endpointScript: script('endpoint') };
      return openEnvironment(project, name, files, {
        ...awsSettings(),
        allowed: writable,
        askMfa,
      });
    },
    forkEngine: (request, logFile, variables) => {
      const user = { ...awsSettings(), allowed: writable() };
      return forkEngine(node(), script('engine'), { ...request, user }, logFile, variables);
    },
    runCli: (args, options) =>
      runCli(node(), script('cli'), args, {
        ...options,
        variables: { ...awsVariables(), ...options?.variables },
      }),
    startTables: async () => {
      const { startTables } = await import('./vscode/grid/table-process.js');
      return startTables(node(), script('tables'), awsVariables());
    },
    assistantProcess: ({ folder, environment }) => ({
      command: node(),
      args: [script('cli'), 'mcp', '--quiet', '--project', folder, '--env', environment],
      env: { ELECTRON_RUN_AS_NODE: '1', ...awsVariables() },
    }),
    checkerProcess: () => ({ command: node(), args: [script('checker')], env: nodeEnvironment() }),
    signInFiles: () => {
      const { files, tokens } = signInPlaces();
      return [
        ...files.map((file) => ({ folder: dirname(file), glob: basename(file) })),
        { folder: tokens, glob: '*.json' },
      ];
    },
    templates: async () => {
      const { listTemplates } = await import('./project/templates.js');
      return listTemplates(join(context.extensionPath, 'templates'));
    },
  });
}

/**
 * Environments that the user opened, each with its account: a name alone would open whatever a cloned project calls so,
 * in whatever account it is signed in to.
 */
const writable = (): string[] => userSetting('aws.write').filter((entry) => /^[^@]+@[0-9]{12}$/.test(entry));

/** The same for a `mlops` that this window starts. */
function awsVariables(): Record<string, string> {
  const { profile, region } = awsSettings();
  return { ...(profile && { AWS_PROFILE: profile }), ...(region && { AWS_REGION: region }) };
}

/** Where `mlops.json` leaves them open. */
function awsSettings() {
  return { profile: readSetting('aws.profile') || undefined, region: readSetting('aws.region') || undefined };
}
