import { withSampleTables } from '../../src/data/samples/open-samples.js';
import type { Sample } from '../../src/drift/sample.js';
import { categorySamples, type Cut, isNumeric, numericSamples } from '../../src/pipeline/drift/read-samples.js';

/** Hands over each column that two table files share, as the command reads it. */
export async function eachColumn(
  reference: string,
  current: string,
  cut: Cut,
  visit: (name: string, reference: Sample, current: Sample) => void,
): Promise<void> {
  await withSampleTables([reference, current], {}, async ([before, after]) => {
    const tables = { reference: before!, current: after! };
    const pairs = before!.columns.map((column) => ({
      before: column,
      after: after!.columns.find(({ name }) => name === column.name)!,
    }));
    const numbers = pairs.filter((pair) => isNumeric(pair.before));
    for await (const [pair, left, right] of numericSamples(tables, numbers, cut)) visit(pair.before.name, left, right);
    for (const pair of pairs.filter((one) => !numbers.includes(one))) {
      const [left, right] = await categorySamples(tables, pair, cut);
      if (left.kind === 'category' && right.kind === 'category') visit(pair.before.name, left, right);
    }
  });
}

/** A figure as Python wrote it: JSON has no infinity. */
export function figureOf(value: number | string | null): number {
  if (value === null) return NaN;
  return typeof value === 'number' ? value : value.startsWith('-') ? -Infinity : Infinity;
}

/** Equal to 1e-9 of their size, or to so much. */
export function close(ours: number, theirs: number, rounding = 1e-13): boolean {
  if (Object.is(ours, theirs) || ours === theirs) return true;
  return Math.abs(ours - theirs) <= 1e-9 * Math.max(Math.abs(ours), Math.abs(theirs)) + rounding;
}
