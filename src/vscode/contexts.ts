import * as vscode from 'vscode';

/** Every context key of ours, with its value before anything is known, so that a `when` clause never meets an unset one. */
export const contextDefaults = {
  /** `none`, `invalid` or `ready`. */
  'mlops.project': 'none',
  'mlops.running': false,
  'mlops.readOnly': false,
  'mlops.filtered': false,
  'mlops.reportActive': false,
} as const;
type ContextKey = keyof typeof contextDefaults;

export interface Contexts {
  set(key: ContextKey, value: string | boolean): void;
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
