import { archiveFormatOf } from '../../data/archive/archive.js';

/** Opens as a preview: no editor of texts reads it. */
export function isPreviewed(name: string): boolean {
  return archiveFormatOf(name) !== undefined || /\.gz$/i.test(name);
}

/** A text that has rows, too. */
export const hasRows = (name: string): boolean => /\.(csv|tsv|jsonl|ndjson)$/i.test(name);
