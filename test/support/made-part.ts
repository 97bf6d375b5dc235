import type { Part } from '../../src/pipeline/evaluating/parts.js';
import { randomSource } from '../../src/models/random-source.js';

/** A part of made-up rows: the target follows `a`, a little `b` (often missing), and not `c`. */
export function madePart(rows: number, seed: number, task: 'binary' | 'regression' = 'binary'): Part {
  const random = randomSource(seed);
  const column = (value: () => number) => Float64Array.from({ length: rows }, value);
  const a = column(() => random() * 10);
  const b = column(() => (random() < 0.2 ? NaN : random()));
  const c = column(random);
  const signal = a.map((value, row) => value + (b[row]! || 0) + random() * 2);
  return {
    matrix: { columns: ['a', 'b', 'c'], values: [a, b, c], rows },
    target: task === 'regression' ? signal : signal.map((value) => Number(value > 7)),
    recordIds: Array.from({ length: rows }, (_, row) => `r${String(row).padStart(6, '0')}`),
    entities: Array.from({ length: rows }, (_, row) => `e${Math.floor(row / 3)}`),
    unlabelled: 0,
    window: { from: null, to: null },
  };
}
