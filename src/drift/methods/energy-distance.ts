import { walkBoth } from './samples.js';

/**
 * The energy distance √(2 ∫ (F − G)²), in the root of the values' unit. Both samples sorted, not empty.
 * As `scipy.stats.energy_distance`.
 */
export function energyDistance(reference: Float64Array, current: Float64Array): number {
  let area = 0;
  let from = NaN;
  let height = 0;
  walkBoth(reference, current, (value, below, belowToo) => {
    if (height !== 0) area += height ** 2 * (value - from);
    from = value;
    height = below / reference.length - belowToo / current.length;
  });
  return Math.sqrt(2 * area);
}
