import type { WaterfallView } from './blocks.js';
import { figureOf, formatNumber, missing } from '../format/numbers.js';

export interface Explained {
  id: string;
  title: string;
  /** The expected raw score. */
  base: number;
  /** What the raw score is counted in: log odds, or the target's unit. */
  unit: string;
  steps: { feature: string; value: number | string | null; change: number }[];
}

/** So many features stand alone; the small ones are added up. */
const most = 10;

/** From the base to the row's raw score, the largest steps first. */
export function waterfallOf({ id, title, base, unit, steps }: Explained): WaterfallView {
  const ordered = [...steps].sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const rest = ordered.length > most + 1 ? ordered.splice(most) : [];
  const all = [
    ...ordered.map(({ feature, value, change }) => ({ feature, value: valueOf(value), change })),
    ...(rest.length > 0
      ? [
          {
            feature: `${rest.length} other features`,
            value: '',
            change: rest.reduce((sum, one) => sum + one.change, 0),
          },
        ]
      : []),
  ];
  const ends = [base];
  for (const { change } of all) ends.push(ends.at(-1)! + change);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const place = (value: number) => (value - low) / (high - low || 1);
  return {
    id,
    title,
    steps: all.map(({ feature, value, change }, at) => {
      const figure = figureOf(change);
      return {
        feature,
        value,
        change: { ...figure, text: change > 0 ? `+${figure.text}` : figure.text },
        from: place(ends[at]!),
        to: place(ends[at + 1]!),
      };
    }),
    base: { text: formatNumber(base), at: place(base) },
    total: { text: formatNumber(ends.at(-1)!), at: place(ends.at(-1)!) },
    note: `In ${unit}: base ${formatNumber(base)}, and all steps together ${formatNumber(ends.at(-1)!)}.`,
  };
}

function valueOf(value: number | string | null): string {
  if (value === null) return missing;
  if (typeof value === 'string') return value;
  return formatNumber(value, Number.isInteger(value) ? 0 : undefined);
}
