import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { isThere, writeAtomic } from '../../common/files.js';

/** Where the parts of a local environment lie: all below `<project>/.mlops/`. */
export interface Place {
  projectFolder: string;
  /** The environment's own bucket. */
  bucket: string;
  root: string;
  buckets: string;
  registry: string;
  endpoints: string;
  metrics: string;
  alarms: string;
  lease: string;
  /** Half-written files; on the same file system as everything else here. */
  temporary: string;
}

export function placeOf(projectFolder: string, bucket: string): Place {
  const root = join(projectFolder, '.mlops');
  return {
    projectFolder,
    bucket,
    root,
    buckets: join(root, 'buckets'),
    registry: join(root, 'registry'),
    endpoints: join(root, 'endpoints'),
    metrics: join(root, 'metrics'),
    alarms: join(root, 'alarms'),
    lease: join(root, 'lease.json'),
    temporary: join(root, 'tmp'),
  };
}

/** Why nothing can be written to a project folder; undefined when it can. */
export function whyNotWritable(place: Place): string | undefined {
  for (const folder of [place.root, place.projectFolder]) {
    try {
      accessSync(folder, constants.W_OK);
      return undefined;
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!missing) return `The folder ${folder} is not writable.`;
    }
  }
  return `There is no folder ${place.projectFolder}.`;
}

/** Keeps a project's data, tokens and logs out of its git repository. */
export async function ignoreInGit(place: Place): Promise<void> {
  const path = join(place.root, '.gitignore');
  if (await isThere(path)) return;
  await writeAtomic(path, '*\n', { temporary: place.temporary, ifAbsent: true });
}
