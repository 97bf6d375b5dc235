import * as vscode from 'vscode';

/** A reason that is kept with what was done; undefined: not after all. */
export function askReason(prompt: string): Thenable<string | undefined> {
  return askText({ prompt, problem: (text) => (text.trim() ? undefined : 'Say why') });
}

interface TextQuestion {
  title?: string;
  prompt: string;
  value?: string;
  /** What is wrong with an answer; it cannot be given while there is something. */
  problem?: (text: string) => string | undefined;
}

export function askText({ title, prompt, value, problem }: TextQuestion): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    ...{ title, prompt, value, ignoreFocusOut: true },
    validateInput: (text) => problem?.(text) ?? '',
  });
}
