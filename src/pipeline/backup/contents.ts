import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { inside, stateFolder } from '../../common/inside.js';

/** What an archive begins with. */
export const backupHeadSchema = z.looseObject({
  kind: z.literal('backup'),
  schemaVersion: z.literal(1),
  project: z.string(),
  createdAt: z.string(),
});
export const headName = 'backup.json';
/** What it ends with: every file's SHA-256, by its path. */
export const hashesName = 'hashes.json';
export const hashesSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));

/** Folders of a local environment that are kept whole. */
const whole = ['buckets', 'registry', 'alarms', 'metrics', 'runs'];

/**
 * Whether a path below `.mlops` belongs to a backup: data, documents, versions, alarms, figures, runs, and how endpoints are
 * configured. Tokens, logs and what is true of this machine's processes alone are made anew.
 */
export function isKept(path: string): boolean {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part))) return false;
  if (parts[0] === 'endpoints') return parts.length === 3 && parts[2] === 'config.json';
  return parts.length > 1 && whole.includes(parts[0]!);
}

/** The kept files of a project, by their paths below `.mlops`, in order. @throws LeadsOut for a link among them */
export function keptFiles(project: string): string[] {
  const root = join(project, stateFolder);
  const found: string[] = [];
  const look = (folder: string) => {
    inside(project, join(root, folder));
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) look(path);
      else if (isKept(path)) found.push((inside(project, join(root, path)), path));
    }
  };
  const there = new Set(readdirSync(root));
  for (const folder of [...whole, 'endpoints']) if (there.has(folder)) look(folder);
  return found;
}
