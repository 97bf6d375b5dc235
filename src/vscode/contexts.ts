import * as vscode from 'vscode';
import { contextDefaults, type ContextKey } from './context-keys.js';

export interface Contexts {
  set: (key: ContextKey, value: string | boolean) => void;
}

export function makeContexts(): Contexts {
  const known = new Map<ContextKey, string | boolean>();
  const set: Contexts['set'] = (key, value) => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  for (const [key, value] of Object.entries(contextDefaults)) set(key as ContextKey, value);
  return { set };
}
