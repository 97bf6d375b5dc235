/** The range that a leaf's value must stay in, so that predictions rise or fall with a column as asked. */
export interface OutputRange {
  least: number;
  most: number;
}

export const ANY_OUTPUT: OutputRange = { least: -Infinity, most: Infinity };

/**
 * The ranges of two children after a split on a column that must rise (1) or fall (-1): the middle of their values parts
 * them (LightGBM's `basic` method). Other splits hand the range on.
 */
export function childRanges(
  parent: OutputRange,
  direction: number,
  leftOutput: number,
  rightOutput: number,
): [OutputRange, OutputRange] {
  const middle = (leftOutput + rightOutput) / 2;
  const below = { ...parent, most: Math.min(parent.most, middle) };
  const above = { ...parent, least: Math.max(parent.least, middle) };
  if (direction > 0) return [below, above];
  return direction < 0 ? [above, below] : [parent, parent];
}
