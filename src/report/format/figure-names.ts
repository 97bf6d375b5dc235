import { readClassFigure } from '../../project/rules/class-figure.js';
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

/** `z_mean(age)` -> figure z_mean of column age; `recall{comp1}` -> recall of a class; `recall[site = a]` -> in a slice. */
export interface ParsedMetric {
  figure: string;
  class: string | null;
  column: string | null;
  slice: string | null;
  name: MetricName;
}

export function parseMetric(metric: string): ParsedMetric {
  const match = /^\s*([^([\]{]+?(?:\{(?:"(?:[^"\\]|\\.)*"|[^{}"]*)\})?)\s*(?:\(([^)]*)\))?\s*(?:\[(.*)\])?\s*$/.exec(
    metric,
  );
  const named = match?.[1] ?? metric;
  const ofClass = readClassFigure(named);
  const figure = ofClass?.figure ?? named;
  return {
    figure,
    class: ofClass?.class ?? null,
    column: match?.[2]?.trim() ?? null,
    slice: match?.[3]?.trim() ?? null,
    name: nameOf(figure),
  };
}

/** As the table of known figures has it; one that nobody described is called as its rule calls it. */
export function nameOf(figure: string): MetricName {
  const [, itself] = /^estimated (.+)$/.exec(figure) ?? [];
  if (itself !== undefined) {
    const name = nameOf(itself);
    return { ...name, title: `estimated ${name.title}` };
  }
  const ofClass = readClassFigure(figure);
  if (ofClass !== undefined) {
    const name = nameOf(ofClass.figure);
    return { ...name, title: name.title + classWords(ofClass.class) };
  }
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

/** In quotes: a class may be called "no" or "0". */
const classWords = (name: string) => ` of "${name}"`;

/** "drift of age", "recall of "comp1"", "recall where site = a", "recall". */
export function metricTitle({ name, class: ofClass, column, slice }: ParsedMetric): string {
  const of = ofClass !== null ? classWords(ofClass) : column && column !== '*' ? ` of ${column}` : '';
  return `${name.title}${of}${slice ? ` where ${slice}` : ''}`;
}
