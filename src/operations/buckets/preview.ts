import { previewObject } from '../../pipeline/preview/preview.js';
import { memberSource, openSource } from '../../pipeline/preview/source.js';
import type { ObjectPreview } from '../../documents/tables/previews.js';
import { matchColumns } from '../../project/columns.js';
import type { ProjectFile } from '../../project/schema.js';
import { reads } from '../operation.js';
import { address } from './address.js';

export interface Preview {
  key: string;
  /** One file of an archive. */
  member?: string;
  /** How many rows of a table. */
  rows: number;
  /** Also what is read only when asked: very large row groups, lists and archives. */
  whole: boolean;
}

/** The first rows of a table, what lies in an archive, or the beginning of a text. */
export const preview = reads(
  'buckets.preview',
  async ({ project, environment, signal }, { key, member, rows, whole }: Preview) => {
    const object = await openSource(environment, address(key), signal);
    const source = member === undefined ? object : await memberSource(object, member, signal);
    return withoutPrivate(project.file, await previewObject(source, { rows, whole, signal }));
  },
);

/** What stands in a cell of a private column. */
const hidden = '•••';

/** A table's rows with what is private of them covered, nulls as nulls. */
function withoutPrivate({ private: patterns }: ProjectFile, found: ObjectPreview): ObjectPreview {
  if (found.kind !== 'table-preview' || patterns.length === 0) return found;
  const places = found.columns.map(({ name }) => matchColumns(patterns, [name]).length > 0);
  const rows = found.rows.map((row) => row.map((cell, at) => (places[at] && cell !== null ? hidden : cell)));
  return { ...found, rows };
}
