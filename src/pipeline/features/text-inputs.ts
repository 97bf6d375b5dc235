import { matchColumns } from '../../project/columns.js';
import { candidateColumns } from '../../project/elsewhere.js';
import type { ProjectFile } from '../../project/schema.js';

/**
 * Those of a group's columns of texts that a model learns from: named by a candidate as they are, or by `encode`. The
 * project's own program is given all of them, and its model may take any.
 */
export function textInputs({ model, train }: Pick<ProjectFile, 'model' | 'train'>, texts: readonly string[]): string[] {
  if (train !== undefined) return [...texts];
  const named = new Set(model.candidates.flatMap(candidateColumns));
  const encoded = matchColumns(Object.keys(model.encode ?? {}), texts);
  const wanted = matchColumns([...named], texts);
  return wanted.filter((name) => named.has(name) || encoded.includes(name));
}
