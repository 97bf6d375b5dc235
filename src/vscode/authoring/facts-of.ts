import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CheckAnswer } from '../../documents/authoring/sql-check.js';
import { inside } from '../../common/inside.js';
import { trustedSince } from '../../platform/permissions/command-trust.js';
import type { Facts } from '../../project/authoring/facts.js';
import { projectFileName } from '../../project/file-name.js';
import { readJsonc } from '../../project/jsonc.js';
import type { AuthoringParts } from './parts.js';

/** What is known of the project in a folder, gathered from what others have read already; nothing is waited for. */
export interface FactsOf {
  (folder: string): Facts;
  /** Keeps what the checking process said of the tables; whether that is something new. */
  learn: (folder: string, answer: Pick<CheckAnswer, 'tables' | 'columns'>, isFeatures: boolean) => boolean;
  /** Looks which other projects there are. */
  lookAround: () => Promise<void>;
}

type Tables = Pick<Facts, 'tables' | 'features'>;

export function makeFactsOf({ session, snapshots }: Pick<AuthoringParts, 'session' | 'snapshots'>): FactsOf {
  const known = new Map<string, Tables>();
  let projects: { name: string; folder: string }[] = [];
  const of = (folder: string): Facts => {
    const { last } = snapshots;
    const results = last?.current.project.folder === folder ? last.results : undefined;
    const classes = results?.classes;
    return {
      ...known.get(folder),
      ...(classes === undefined ? {} : { classes }),
      ...(results?.slices === undefined ? {} : { slices: results.slices.map(({ slice }) => slice) }),
      hasFile: (name) => isFile(folder, name),
      isAllowed: (command) => isAllowed(folder, command),
      others: projects
        .filter((other) => other.folder !== folder)
        .map((other) => ({ ...other, folder: basename(other.folder) })),
    };
  };
  return Object.assign(of, {
    learn(folder: string, { tables, columns }: Pick<CheckAnswer, 'tables' | 'columns'>, isFeatures: boolean) {
      const before = known.get(folder);
      // SQL that is wrong for a moment does not make the columns unknown.
      const features = isFeatures && columns !== null ? columns : before?.features;
      const next: Tables = { tables, ...(features === undefined ? {} : { features }) };
      known.set(folder, next);
      return JSON.stringify(before) !== JSON.stringify(next);
    },
    async lookAround() {
      const folders = await session.folders();
      projects = folders.length < 2 ? [] : folders.flatMap((folder) => nameOf(folder));
    },
  });
}

function nameOf(folder: string): { name: string; folder: string }[] {
  try {
    const text = readFileSync(join(folder, projectFileName), 'utf8');
    const { name } = readJsonc(text.slice(0, 100_000)).value as { name?: unknown };
    return typeof name === 'string' ? [{ name, folder }] : [];
  } catch {
    return [];
  }
}

function isFile(folder: string, name: string): boolean {
  try {
    return existsSync(inside(folder, join(folder, name)));
  } catch {
    return false;
  }
}

function isAllowed(folder: string, command: readonly string[]): boolean {
  try {
    return trustedSince(folder, command) !== undefined;
  } catch {
    return false;
  }
}
