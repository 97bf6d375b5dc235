import * as vscode from 'vscode';
import type { Environment } from '../../platform/ports/environment.js';
import type { Project } from '../../project/schema.js';
import { whyReadOnly } from './environment-settings.js';

/** A project in an environment: what every tree and command works on. */
export interface Current {
  project: Project;
  environment: Environment;
  /** Whose account it is, as AWS last said; undefined on this machine, and until it has been asked. */
  account: () => string | undefined;
  askAccount: () => Promise<string | undefined>;
  /** Why commands must not change anything here; undefined when they may. Read anew by every command. */
  readOnlyBecause: () => string | undefined;
}

export function currentOf(project: Project, environment: Environment): Current {
  let account: string | undefined;
  return {
    project,
    environment,
    account: () => account,
    askAccount: async () => (account = await environment.account?.()),
    readOnlyBecause: () => whyReadOnly(environment, vscode.workspace.isTrusted),
  };
}

/** `us-east-1, profile prod, account 123456789012`, as far as it is known; empty on this machine. */
export function placeOf({ environment, account }: Pick<Current, 'environment' | 'account'>): string {
  const { region, profile } = environment;
  const known = account();
  return [region, profile && `profile ${profile}`, known && `account ${known}`].filter(Boolean).join(', ');
}

/** Whether an account is closed only because its user has not turned writing on: not by `mlops.json`, nor by trust. */
export function isTheUsersToOpen({ project, environment, readOnlyBecause }: Current): boolean {
  const forbidden = project.file.environments[environment.name]?.write === false;
  return environment.kind === 'aws' && !forbidden && vscode.workspace.isTrusted && readOnlyBecause() !== undefined;
}
