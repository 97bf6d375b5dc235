import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors.js';
import { guard } from '../../platform/permissions/guard.js';
import { localEnvironment } from '../../project/environments.js';
import type { Contexts } from '../contexts.js';
import type { EditorServices } from '../editor-services.js';
import { onSettingChange, readSetting } from '../settings.js';
import { currentOf, placeOf, type Current } from './current.js';
import { findProjects } from './find-projects.js';

export type { Current };

export type SessionState =
  | { kind: 'none' }
  /** Several projects, and nobody has said which. */
  | { kind: 'several'; folders: string[] }
  /** Its project cannot be opened; `last` is what it was before, in this window. */
  | { kind: 'invalid'; folder: string; error: unknown; last?: Current }
  | { kind: 'ready'; folder: string; current: Current };

export interface Session extends vscode.Disposable {
  readonly state: SessionState;
  /** What trees go on showing: what is open, or what was before its mlops.json could no longer be read. */
  readonly shown: Current | undefined;
  readonly onChange: vscode.Event<SessionState>;
  /** Fires when more is known of the place: whose account it is, or whether it may be changed now. */
  readonly onPlace: vscode.Event<void>;
  /** Looks anew at whether the place may be changed. */
  tellRights: () => void;
  /** Asks AWS whose account this is, where that is not known yet. Never throws: a failed sign-in is the trees' to tell. */
  askAccount: () => Promise<void>;
  /** Every project of the workspace. */
  folders: () => Promise<string[]>;
  /** Looks for the project again and opens its environment again. */
  reload: () => Promise<SessionState>;
  /** @throws InputError that says what is missing */
  require: () => Current;
  /** The same for a command that changes something. @throws RefusedError in an untrusted or read-only place */
  requireWritable: (purpose: string) => Current;
}

export function makeSession(services: EditorServices, contexts: Contexts): Session {
  const changed = new vscode.EventEmitter<SessionState>();
  const placed = new vscode.EventEmitter<void>();
  let state: SessionState = { kind: 'none' };
  let turn = 0;

  const askAccount = async () => {
    if (state.kind !== 'ready') return;
    const { current } = state;
    const known = await current.askAccount().catch(() => undefined);
    // Only now is it certain whether the user's setting means this account.
    if (known !== undefined && isCurrent(current)) tellRights();
  };
  const tellRights = () => {
    contexts.set('mlops.readOnly', state.kind === 'ready' && state.current.readOnlyBecause() !== undefined);
    placed.fire();
  };
  const isCurrent = (current: Current) => state.kind === 'ready' && state.current === current;

  const reload = async () => {
    const mine = ++turn;
    const found = withLast(await lookUp(services), state);
    // A later reload knows better; its answer is on the way.
    if (mine !== turn) return state;
    state = found;
    contexts.set('mlops.project', shownOf(state) === undefined ? state.kind : 'ready');
    contexts.set('mlops.account', shownOf(state)?.environment.kind === 'aws');
    contexts.set('mlops.readOnly', state.kind === 'ready' && state.current.readOnlyBecause() !== undefined);
    changed.fire(state);
    void askAccount();
    return state;
  };
  const require = () => {
    if (state.kind === 'ready') return state.current;
    if (state.kind === 'invalid') throw state.error;
    throw new InputError(`no project is open here: ${noProjectText(state)}`);
  };
  const subscriptions = [
    changed,
    placed,
    onSettingChange((touched) => {
      const ours = ['environment', 'project', 'aws.profile', 'aws.region'] as const;
      if (ours.some(touched)) void reload();
      // The guard reads it at each call; a user who signed in with a code need not do so again.
      else if (touched('aws.write')) tellRights();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void reload()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void reload()),
  ];
  return {
    get state() {
      return state;
    },
    get shown() {
      return shownOf(state);
    },
    onChange: changed.event,
    onPlace: placed.event,
    tellRights,
    askAccount,
    folders: projectFolders,
    reload,
    require,
    requireWritable(purpose) {
      const current = require();
      const { name, kind } = current.environment;
      guard({ name, kind, where: placeOf(current), readOnlyBecause: current.readOnlyBecause() }, purpose);
      return current;
    },
    dispose: () => subscriptions.forEach((one) => void one.dispose()),
  };
}

function shownOf(state: SessionState): Current | undefined {
  if (state.kind === 'ready') return state.current;
  return state.kind === 'invalid' ? state.last : undefined;
}

/** One wrong letter must not take away all that is known; another project or environment has nothing to do with it. */
function withLast(found: SessionState, before: SessionState): SessionState {
  if (found.kind !== 'invalid' || !('folder' in before) || before.folder !== found.folder) return found;
  const last = shownOf(before);
  return last?.environment.name === readSetting('environment') ? { ...found, last } : found;
}

export function noProjectText(state: SessionState): string {
  if (state.kind === 'several') return `there are ${state.folders.length}; choose one with "MLOps: Switch Project"`;
  return 'found no mlops.json, expected one in the opened folder; make one with "MLOps: New Project"';
}

function projectFolders(): Promise<string[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return findProjects(folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath));
}

async function lookUp(services: EditorServices): Promise<SessionState> {
  const folders = await projectFolders();
  const chosen = chosenOf(folders);
  if (chosen === undefined) return folders.length === 0 ? { kind: 'none' } : { kind: 'several', folders };
  try {
    return { kind: 'ready', folder: chosen, current: await open(services, chosen) };
  } catch (error) {
    return { kind: 'invalid', folder: chosen, error };
  }
}

/** The one that the setting names, else the only one. */
function chosenOf(folders: string[]): string | undefined {
  const named = readSetting('project');
  const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const wanted =
    named === '' ? undefined : folders.find((folder) => roots.some((root) => resolve(root, named) === folder));
  return wanted ?? (folders.length === 1 ? folders[0] : undefined);
}

async function open(services: EditorServices, folder: string): Promise<Current> {
  const name = readSetting('environment');
  const trusted = vscode.workspace.isTrusted;
  if (!trusted && name !== localEnvironment) {
    throw new InputError(`environment ${name}: not opened, for this workspace is not trusted and names where it lies`);
  }
  // A run says what SQL is missing; what runs already can be seen and stopped without it.
  const { loadProject } = await import('../project-work.js');
  const project = await loadProject(folder, { sql: 'if there' });
  return currentOf(project, await services.openEnvironment(project, name));
}
