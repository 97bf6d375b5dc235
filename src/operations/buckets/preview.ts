import { previewObject } from '../../pipeline/preview/preview.js';
import { memberSource, openSource } from '../../pipeline/preview/source.js';
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
  async ({ environment, signal }, { key, member, rows, whole }: Preview) => {
    const object = await openSource(environment, address(key), signal);
    const source = member === undefined ? object : await memberSource(object, member, signal);
    return previewObject(source, { rows, whole, signal });
  },
);
