import { matchColumns } from '../../project/columns.js';
import { candidateColumns } from '../../project/elsewhere.js';
import type { ProjectFile } from '../../project/schema.js';

/** Those of a group's columns of texts that a model learns from: named by a candidate as they are, or by `encode`. */
export function textInputs({ model }: Pick<ProjectFile, 'model'>, texts: readonly string[]): string[] {
  const named = new Set(model.candidates.flatMap(candidateColumns));
  const encoded = matchColumns(Object.keys(model.encode ?? {}), texts);
  const wanted = matchColumns([...named], texts);
  return wanted.filter((name) => named.has(name) || encoded.includes(name));
}
