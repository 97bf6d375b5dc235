import type * as vscode from 'vscode';
import type { Current } from '../session/session.js';

export interface Stars {
  all: () => ReadonlySet<string>;
  set: (id: string, on: boolean) => Promise<void>;
}

/** Runs that a person marked, kept by the editor for this workspace: a mark is nobody else's business. */
export function starsIn(memory: vscode.Memento, { project, environment }: Current): Stars {
  const key = `stars ${project.folder} ${environment.name}`;
  const all = () => new Set(memory.get<string[]>(key, []));
  return {
    all,
    async set(id, on) {
      const ids = all();
      if (on) ids.add(id);
      else ids.delete(id);
      await memory.update(key, [...ids]);
    },
  };
}
