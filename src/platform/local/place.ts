import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, fileError } from '../../common/files.js';
import { insideState, stateFolder } from '../../common/inside.js';

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
  /** Claimed for the moment of replacing an object that must not have changed. */
  replacing: string;
  /** Claimed while the states of alarms are recorded, or their definitions written. */
  alarming: string;
  /** Half-written files; on the same file system as everything else here. */
  temporary: string;
}

export function placeOf(projectFolder: string, bucket: string): Place {
  const root = join(projectFolder, stateFolder);
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
    replacing: join(root, 'replacing.json'),
    alarming: join(root, 'alarming.json'),
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
      const missing = codeOf(error) === 'ENOENT';
      if (!missing) return `The folder ${folder} is not writable.`;
    }
  }
  return `There is no folder ${place.projectFolder}.`;
}

/** Keeps a project's data, tokens and logs out of its git repository. Done before anything else is written. */
export function ignoreInGit({ root }: Place): void {
  const path = insideState(join(root, '.gitignore'));
  const everything = '*\n';
  try {
    if (existsSync(path) && readFileSync(path, 'utf8') === everything) return;
    mkdirSync(root, { recursive: true });
    writeFileSync(path, everything);
  } catch (error) {
    throw fileError('write', path, error);
  }
}
