import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';

const options = { formattingOptions: { insertSpaces: true, tabSize: 2 } };

/** Changes one place of a project's `mlops.json`; undefined removes it. */
export function changeProject(folder: string, path: (string | number)[], value: unknown, insert = false): void {
  const file = join(folder, 'mlops.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, applyEdits(text, modify(text, path, value, { ...options, isArrayInsertion: insert })));
}

/** A user's configuration folder in which writing is on for environments of one project, as the user would turn it on. */
export function userWithWriting(config: string, folder: string, project: string, environments: string[]): void {
  const writing = environments.map((environment) => ({
    folder: realpathSync(folder),
    ...{ project, environment, account: '123456789012', since: '2026-11-21T09:00:00Z' },
  }));
  const place = join(config, 'mlops-workbench');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'environments.json'), JSON.stringify({ writing }), { mode: 0o600 });
}
