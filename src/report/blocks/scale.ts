/** Rare positives squash a curve against the axis: then a logarithmic one shows it. */
export function scaleFor(values: readonly number[]): 'linear' | 'logarithmic' {
  const told = values.filter((value) => value > 0).sort((a, b) => a - b);
  const [middle, top] = [told[Math.floor(told.length / 2)], told.at(-1)];
  return middle !== undefined && top !== undefined && top > 20 * middle ? 'logarithmic' : 'linear';
}
