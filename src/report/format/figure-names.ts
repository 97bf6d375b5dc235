import { knownFigure } from '../../project/rules/known-figures.js';

/** How a figure of the rule language is called and written. */
export interface MetricName {
  title: string;
  betterIs: 'higher' | 'lower';
  /** Lies between 0 and 1, so that its bar can be drawn on that scale. */
  unit: boolean;
  /** Fixed decimals; absent: by size. */
  decimals?: number;
  suffix?: string;
}

/** `z_mean(age)` -> figure z_mean of column age; `recall[site = a]` -> recall in a slice. */
export interface ParsedMetric {
  figure: string;
  column: string | null;
  slice: string | null;
  name: MetricName;
}

export function parseMetric(metric: string): ParsedMetric {
  const match = /^\s*([^([\]]+?)\s*(?:\(([^)]*)\))?\s*(?:\[(.*)\])?\s*$/.exec(metric);
  const figure = match?.[1] ?? metric;
  return {
    figure,
    column: match?.[2]?.trim() ?? null,
    slice: match?.[3]?.trim() ?? null,
    name: nameOf(figure),
  };
}

/** As the table of known figures has it; one that nobody described is called as its rule calls it. */
export function nameOf(figure: string): MetricName {
  const known = knownFigure(figure);
  if (known === undefined) {
    const title = /^[a-z0-9_]+$/.test(figure) ? figure.replaceAll('_', ' ') : figure;
    return { title, betterIs: 'higher', unit: false };
  }
  return {
    title: known.short ?? known.label,
    betterIs: known.better,
    unit: known.bounded ?? false,
    ...(known.decimals === undefined ? {} : { decimals: known.decimals }),
    ...(known.unit === '%' ? { suffix: ' %' } : {}),
  };
}

/** "drift of age", "recall where site = a", "recall". */
export function metricTitle({ name, column, slice }: ParsedMetric): string {
  const of = column && column !== '*' ? ` of ${column}` : '';
  return `${name.title}${of}${slice ? ` where ${slice}` : ''}`;
}
