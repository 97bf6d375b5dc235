import type { Part } from '../evaluating/parts.js';
import { comesAgain } from '../features/comes-again.js';
import type { StageContext } from '../stage.js';
import { learnedBy } from './learned-entities.js';
import { learnedRowsOf } from './learned-rows.js';

/**
 * Tells for the rows of a part whether a version learned from them: by entity and time where those are the key, else by
 * what a row is about.
 */
export async function learnedFrom(
  context: StageContext,
  version: string,
  part: Part,
): Promise<(row: number) => boolean> {
  const known = comesAgain(context.project.file) ? await learnedRowsOf(context.environment, version, 'id') : undefined;
  if (known != null) return known(part);
  const seen = await learnedBy(context, version);
  return (row) => seen(part.entities[row]!);
}
