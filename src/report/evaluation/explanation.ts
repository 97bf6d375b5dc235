import type { Explanation } from '../../documents/explanation.js';
import type { BeeswarmBlock, PageView, TableBlock, WaterfallBlock } from '../blocks/blocks.js';
import { fact, runFact } from '../blocks/facts.js';
import { formatCount, formatNumber } from '../format/numbers.js';
import { numberCell, textCell } from '../blocks/cells.js';
import { listed, plural, versionWord } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';
import { waterfallOf } from '../blocks/waterfall.js';

/** So many features are drawn; the table holds all. */
const mostFeatures = 15;
/** So many rows can be chosen for a waterfall. */
const mostRows = 200;

/** What moves a model's scores: all features by mean |SHAP|, every row as a point, one row step by step. */
export function explanationPage(explanation: Explanation, context: PageContext): PageView {
  const { features, rows, candidate, modelVersion, part, unit, base } = explanation;
  const explained = rows.length > 0;
  const top = [...features].sort((a, b) => (b.meanAbsShap ?? 0) - (a.meanAbsShap ?? 0));
  return page(context, {
    about: 'explanation',
    title: ['explanation', modelVersion && versionWord(modelVersion)].filter(Boolean).join(' · '),
    headline:
      top.length === 0 || !explained
        ? `No feature of ${candidate} is explained`
        : `${listed(top.slice(0, 3).map(({ name }) => name))} move ${candidate} most`,
    summary: !explained
      ? `No figure is known: ${explanation.reasons?.base ?? 'no row was explained'}.`
      : `Mean |SHAP| over ${formatCount(rows.length)} ${part} ${plural(rows.length, 'row')}, in ${unit}${base === null ? ', of the predicted class' : `; the base is ${formatNumber(base)}`}.`,
    facts: [
      fact('Version', modelVersion && versionWord(modelVersion)),
      fact('Candidate', candidate),
      fact('Unit', unit),
      { ...runFact(explanation.createdAt, context.now), label: 'Made' },
    ],
    blocks: [
      importanceTable(top, explanation),
      ...(explained && top.length > 0 ? [beeswarm(explanation, top), waterfalls(explanation)] : []),
    ],
  });
}

function importanceTable(top: Explanation['features'], { unit, reasons }: Explanation): TableBlock {
  const reason = reasons?.meanAbsShap ?? 'not computed';
  const most = top[0]?.meanAbsShap ?? 0;
  return {
    type: 'table',
    id: 'importance',
    title: 'Features by mean |SHAP|',
    columns: [
      { id: 'feature', title: 'Feature' },
      { id: 'bar', title: '' },
      { id: 'shap', title: `Mean |SHAP|, ${unit}`, number: true },
      { id: 'gain', title: 'Gain', number: true },
      { id: 'split', title: 'Splits', number: true },
      { id: 'permutation', title: 'Permutation', number: true },
    ],
    rows: top.map(({ name, meanAbsShap, gain, split, permutation }) => ({
      id: name,
      cells: [
        textCell(name, 40),
        {
          text: '',
          sort: meanAbsShap,
          bar: {
            from: 0,
            to: most > 0 ? (meanAbsShap ?? 0) / most : 0,
            limit: null,
            label: meanAbsShap === null ? reason : formatNumber(meanAbsShap),
          },
        },
        numberCell(meanAbsShap, { reason }),
        numberCell(gain, { reason: 'this family has no gain' }),
        numberCell(split, { decimals: 0, reason: 'this family has no splits' }),
        numberCell(permutation, { reason: 'not measured' }),
      ],
    })),
    note: 'Permutation: how much the deciding figure loses when the column is shuffled.',
  };
}

/** A point a row and feature: how far right it moved the score, its colour the feature's own value from low to high. */
function beeswarm({ features, rows, unit }: Explanation, top: Explanation['features']): BeeswarmBlock {
  const shown = top.slice(0, mostFeatures).map(({ name }) => features.findIndex((feature) => feature.name === name));
  const all = shown.flatMap((at) => rows.map(({ shap }) => shap[at] ?? 0));
  const low = all.reduce((least, value) => Math.min(least, value), 0);
  const high = all.reduce((most, value) => Math.max(most, value), 0);
  const place = (value: number) => (value - low) / (high - low || 1);
  const lines = shown.map((at) => ({
    feature: features[at]!.name,
    points: spread(rows.map(({ shap, values }, row) => ({ x: place(shap[at] ?? 0), value: values[at] ?? null, row }))),
  }));
  return {
    type: 'beeswarm',
    id: 'beeswarm',
    title: 'Every row: what moved its score, and which way',
    zero: place(0),
    ends: [formatNumber(low), formatNumber(high)],
    lines,
    summary: `SHAP values in ${unit} of ${rows.length} rows; a point to the right raised the score. Its colour is the feature’s value, from low to high.`,
  };
}

interface Raw {
  x: number;
  value: number | string | null;
  row: number;
}

/** Points that would cover each other stand above and below; values become places between lowest and highest. */
function spread(points: Raw[]): BeeswarmBlock['lines'][number]['points'] {
  const ranks = rankOf(points.map(({ value }) => value));
  const taken = new Map<number, number>();
  return points.map(({ x, row }, at) => {
    const bin = Math.round(x * 120);
    const count = taken.get(bin) ?? 0;
    taken.set(bin, count + 1);
    const side = count % 2 === 0 ? 1 : -1;
    return { x, y: Math.max(-1, Math.min(1, (side * Math.ceil(count / 2)) / 7)), value: ranks[at]!, row };
  });
}

/** 0–1 by rank, so that one extreme value does not wash out all colours; null for what is missing or no number. */
function rankOf(values: (number | string | null)[]): (number | null)[] {
  const known = [...new Set(values.filter((value) => typeof value === 'number'))].sort((a, b) => a - b);
  const places = new Map(known.map((value, at) => [value, known.length < 2 ? 0.5 : at / (known.length - 1)]));
  return values.map((value) => (typeof value === 'number' ? places.get(value)! : null));
}

function waterfalls({ features, rows, unit, base }: Explanation): WaterfallBlock {
  return {
    type: 'waterfall',
    id: 'waterfall',
    title: 'One row, step by step',
    rows: rows.slice(0, mostRows).map((row) =>
      waterfallOf({
        id: row.id,
        title: `${row.id} · ${row.predicted ?? 'score'} ${formatNumber(row.score)}${row.label === null ? '' : ` · label ${row.label}`}`,
        base: row.base ?? base ?? 0,
        unit: row.predicted === undefined ? unit : `${unit} of ${row.predicted}`,
        steps: features.map(({ name }, at) => ({
          feature: name,
          value: row.values[at] ?? null,
          change: row.shap[at] ?? 0,
        })),
      }),
    ),
  };
}
