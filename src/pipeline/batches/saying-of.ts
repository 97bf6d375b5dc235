import type { TableOptions } from '../../data/tables.js';
import type { Batch } from '../../documents/batch.js';
import type { ProjectFile } from '../../project/schema.js';

/** How a file beside batches is read: as the source whose place they take, where it is one and the same. */
export function sayingOf(file: Pick<ProjectFile, 'sources' | 'private'>, batches: readonly Batch[]): TableOptions {
  const names = new Set(batches.flatMap(({ files }) => files.map(({ source }) => source)));
  const source = names.size === 1 ? file.sources[[...names][0]!] : undefined;
  const hidden = file.private;
  if (source === undefined) return { hidden };
  const { types, nulls, decimal, encoding } = source;
  return { types, nulls, decimal, encoding, hidden };
}
