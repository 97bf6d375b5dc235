import { inClasses } from '../evaluating/classes.js';
import { filterPart, type Part } from '../evaluating/parts.js';
import { groupsOf, shared, type Rows } from '../workers/shared-memory.js';

/** Rows as a learner takes them: of several classes those that the training rows have, by number. */
export function rowsOf(part: Part, classes: string[] | undefined): Rows {
  if (classes === undefined)
    return shared({ matrix: part.matrix, target: part.target, groups: groupsOf(part.entities) });
  const aligned = { ...part, ...inClasses(part, classes) };
  const { matrix, target, entities } = filterPart(aligned, (row) => aligned.target[row]! < classes.length);
  return shared({ matrix, target, groups: groupsOf(entities) });
}
