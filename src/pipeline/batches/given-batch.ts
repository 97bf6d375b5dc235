import type { Saying } from '../../data/files/saying.js';
import type { Batch } from '../../documents/batch.js';
import type { ProjectFile } from '../../project/schema.js';

/** `table`: as a source is, so that features.sql makes the features; `features`: they are there already. */
export type Form = 'table' | 'features';

/** A file that is to be judged, and the source whose place it takes; undefined: to be found out. */
export interface GivenFile {
  source: string | undefined;
  /** Of this machine. */
  path: string;
  /** Where it came from, where that is no file of this machine. */
  uri?: string;
}

/** The rows of one batch, as they were asked for. */
export interface GivenBatch {
  files: readonly GivenFile[];
  /** What the file is, where it could be two things. */
  as?: Form;
  /** What the files leave open, where that is said; else what is said of their source. */
  reading?: Omit<Saying, 'types'>;
  /** It came where the project says that new rows arrive; else a person brought it. */
  arrived?: true;
  /** It was captured of an endpoint. */
  captured?: Batch['captured'];
}

/** How a file is read that comes beside the tables of a project's only source, and does not take its place. */
export function readingBeside(sources: ProjectFile['sources']): Omit<Saying, 'types' | 'sheet'> {
  const [only, ...others] = Object.values(sources);
  if (only === undefined || others.length > 0) return {};
  const { nulls, decimal, encoding } = only;
  return { nulls, decimal, encoding };
}

/** The sources whose place a file can take: the only one, else those of zips for a zip, and those of tables. */
export function fittingSources(sources: ProjectFile['sources'], path: string): string[] {
  const names = Object.keys(sources);
  if (names.length === 1) return names;
  const zips = names.filter((name) => sources[name]!.format === 'zip-of-csv');
  // A zip may also hold one table.
  return /\.zip$/i.test(path) && zips.length > 0 ? zips : names.filter((name) => !zips.includes(name));
}
