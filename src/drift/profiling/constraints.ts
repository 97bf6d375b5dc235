import type { ProfiledColumn, SuggestedConstraint } from '../../documents/tables/table-profile.js';

/** Up to so many categories are listed as all there should be. */
const fewCategories = 10;
/** Where values repeat less than this, the next table will hold new ones. */
const leastRepeats = 10;

/** What could be asked of the next table, going by what this one is. Nothing is asked of a column without values. */
export function suggestedConstraints(columns: readonly ProfiledColumn[]): SuggestedConstraint[] {
  return columns.flatMap((column) => (column.count === 0 ? [] : constraintsOf(column)));
}

function constraintsOf(profiled: ProfiledColumn): SuggestedConstraint[] {
  const { column, type, count, missing, unique, order, min, max, top, distinct } = profiled;
  const completeness = count / (count + missing);
  const found: Omit<SuggestedConstraint, 'column'>[] = [
    { rule: 'type', value: type, text: `is ${type}` },
    {
      rule: 'completeness',
      value: completeness,
      text: missing === 0 ? 'is never missing' : `is there in at least ${(100 * completeness).toFixed(2)} % of rows`,
    },
  ];
  if (typeof min === 'number') {
    if (min >= 0) found.push({ rule: 'non-negative', value: true, text: 'is not negative' });
    found.push({ rule: 'range', value: [min, max], text: `lies between ${min} and ${String(max)}` });
  }
  if (
    top &&
    distinct !== null &&
    distinct <= fewCategories &&
    top.length === distinct &&
    count >= leastRepeats * distinct
  )
    found.push({
      rule: 'domain',
      value: top.map(({ value }) => value),
      text: `is one of ${top.map(({ value }) => value).join(', ')}`,
    });
  // Measurements are unique by accident.
  if (unique && type !== 'float' && count > 1)
    found.push({ rule: 'unique', value: true, text: 'is never the same twice' });
  if (order === 'ascending' || order === 'descending')
    found.push({ rule: 'order', value: order, text: `is in ${order} order` });
  return found.map((constraint) => ({ column, ...constraint }) as SuggestedConstraint);
}
