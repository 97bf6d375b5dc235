import type { Slice } from '../../documents/slices.js';
import type { Figure } from '../../gates/figures.js';
import {
  MOST_VALUES,
  quantileEdges,
  rangeSlices,
  rowsOfSlice,
  sliceNames,
  valueSlices,
  type SliceColumn,
} from '../../models/metrics/slices.js';
import type { Task } from '../../project/rules/known-figures.js';
import type { ProjectFile } from '../../project/schema.js';
import { sliceName, type SliceRule } from '../../project/rules/slice.js';
import { figureOf, figuresOfRows, pickScored, type Scored, type SplitFigures } from './evaluate.js';
import { drawnIntervals } from './intervals.js';
import type { Part } from './parts.js';
import { classesOf, countsOfStored, figureNames, qualityFigures, storedCounts } from './figures.js';
import { rulesSlices } from './slice-columns.js';

/** Inner edges of the ranges that number columns are cut into, by column. */
export type SliceEdges = Record<string, number[]>;

/** The edges that a version keeps: quantiles of the rows it was fitted on, so that its slices stay the same ones. */
export function sliceEdgesOf({ monitor }: Pick<ProjectFile, 'monitor'>, fitted: Part): SliceEdges {
  const edges = (monitor.slices ?? []).flatMap((slice) => {
    if (typeof slice === 'string') return [];
    const numbers = fitted.slices?.find(({ name }) => name === slice.column)?.numbers;
    return numbers == null ? [] : [[slice.column, quantileEdges(numbers, slice.quantiles)] as const];
  });
  return Object.fromEntries(edges);
}

export interface SlicesJudged {
  slices: Slice[];
  /** What is not as asked for: a column that is absent, or that has more values than are looked at. */
  reasons: Record<string, string>;
}

/**
 * Figures of every slice that the project names, on rows with a label. A slice without rows, or of a column that is not
 * there, has figures that are null and say why.
 */
export function judgeSlices(
  file: Pick<ProjectFile, 'monitor' | 'model'>,
  { part, ...scored }: { part: Part } & Scored,
  edges: SliceEdges,
): SlicesJudged {
  const { rules, reasons } = slicesOf(file, part, edges);
  const classes = scored.several?.classes ?? [];
  const certain = new Set(rulesSlices(file, ({ confidence }) => confidence !== undefined).map(sliceName));
  const slices = rules.map((rule) => {
    const column = part.slices?.find(({ name }) => name === rule.column);
    if (column === undefined)
      return withoutFigures(file, classes, rule, reasons[`slices.${rule.column}`] ?? absent(rule.column));
    const rows = rowsOfSlice(rule, column);
    if (rows.length === 0) return withoutFigures(file, classes, rule, `no labelled row is in ${sliceName(rule)}`);
    const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
    const labels = { target: pick(part.target), classes: part.classes };
    const picked = pickScored(scored, pick);
    const drawn = certain.has(sliceName(rule)) ? drawnIntervals(file.model.task, labels, picked).intervals : undefined;
    return sliceOf(file, rule, figuresOfRows(file.model.task, labels, picked), drawn);
  });
  return { slices, reasons };
}

function slicesOf(file: Pick<ProjectFile, 'monitor'>, part: Part, edges: SliceEdges) {
  const reasons: Record<string, string> = {};
  const rules: SliceRule[] = [];
  for (const slice of file.monitor.slices ?? []) {
    const name = typeof slice === 'string' ? slice : slice.column;
    const column = part.slices?.find((one) => one.name === name);
    if (column === undefined) reasons[`slices.${name}`] = absent(name);
    else if (typeof slice === 'string') rules.push(...byValue(column, reasons));
    else if (column.numbers === null)
      reasons[`slices.${name}`] = `column "${name}" holds no numbers to cut into ranges`;
    else rules.push(...rangeSlices(column, edges[name] ?? quantileEdges(column.numbers, slice.quantiles)));
  }
  const known = new Set(rules.map(sliceName));
  return { rules: [...rules, ...rulesSlices(file).filter((rule) => !known.has(sliceName(rule)))], reasons };
}

function byValue(column: SliceColumn, reasons: Record<string, string>): SliceRule[] {
  const { slices, left } = valueSlices(column);
  if (left > 0) {
    reasons[`slices.${column.name}`] =
      `${left + MOST_VALUES} values: the ${MOST_VALUES} most frequent are judged, and those that a rule names`;
  }
  return slices;
}

const absent = (column: string) => `column "${column}" is not in the feature group`;

function sliceOf(
  file: Pick<ProjectFile, 'model'>,
  rule: SliceRule,
  figures: SplitFigures,
  intervals: Slice['intervals'],
): Slice {
  const names = figureNames(file.model.task, classesOf(figures));
  return {
    ...sliceNames(rule),
    n: figures.n,
    positives: 'positives' in figures ? (figures.positives as number) : null,
    ...storedCounts(figures),
    figures: Object.fromEntries(names.map((name) => [name, figureOf(figures, name)])),
    reasons: figures.reasons,
    ...(intervals === undefined ? {} : { intervals }),
  };
}

function withoutFigures(
  file: Pick<ProjectFile, 'model'>,
  classes: readonly string[],
  rule: SliceRule,
  reason: string,
): Slice {
  const names = figureNames(file.model.task, classes);
  return {
    ...sliceNames(rule),
    n: 0,
    positives: null,
    confusion: null,
    figures: Object.fromEntries(names.map((name) => [name, null])),
    reasons: Object.fromEntries(names.map((name) => [name, reason])),
  };
}

/** The figures of slices as rules name them: `recall[site=north]`. */
export function sliceFigures(task: Task, slices: readonly Slice[]): Record<string, Figure> {
  const entries = slices.flatMap((slice) => {
    const { figures, n, reasons, intervals } = slice;
    const counted = countsOfStored(slice);
    const quality = qualityFigures(task, { ...figures, n, reasons, ...counted } as SplitFigures, intervals);
    return Object.entries(quality).map(([name, figure]) => [`${name}[${slice.slice}]`, figure] as const);
  });
  return Object.fromEntries(entries);
}
