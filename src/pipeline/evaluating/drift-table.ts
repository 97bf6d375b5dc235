import { statisticsIn, type ColumnStatistics } from '../../documents/baselines.js';
import type { ColumnDrift } from '../../documents/monitoring.js';
import { mostCategories, pairedShares, psiOfShares, textStatistics } from '../../drift/category-baseline.js';
import { zOfMean } from '../../drift/mean-shift.js';
import { sharesOf, statisticsOf } from '../../drift/statistics.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { applyPreprocessing } from '../../models/preprocessing/apply.js';
import type { SliceColumn } from '../../models/metrics/slices.js';
import { textsOf } from '../../models/table/texts.js';
import { selectColumns, type Part } from './parts.js';
import type { ReadVersion } from './read-version.js';

/**
 * Every input of the model and every column of texts that a rule watches, its training rows against these rows: the table
 * behind the drift and null gates.
 */
export function driftTable(version: ReadVersion, part: Part): ColumnDrift[] {
  const importance = importanceOf(version);
  const texts = categoryTexts(part, version.bundle).map((column) => categoryColumn(version, column, importance));
  return [...inputColumns(version, part, importance), ...texts];
}

function inputColumns(version: ReadVersion, part: Part, importance: Map<string, number>): ColumnDrift[] {
  const seen = columnsAsSeen(version.bundle, part);
  return version.bundle.inputs.map(({ name, type }) => {
    if (type === 'category') return categoryColumn(version, { name, text: textsOf(part.matrix, name) }, importance);
    const baseline = statisticsIn(version.dataBaseline, name);
    const current = statisticsOf(seen.get(name)!.filled, seen.get(name)!.raw);
    const z = zOfMean(current.mean, baseline?.mean ?? null, baseline?.std ?? null);
    const histogram = baseline?.histogram ?? null;
    const shares = histogram && sharesOf(seen.get(name)!.filled, histogram.edges);
    return {
      column: name,
      baseline: summary(baseline),
      current: { ...summary(current), rows: part.matrix.rows },
      z: Number.isFinite(z.value) ? z.value : null,
      // JSON has no infinity; a constant that changed is infinitely far.
      infinite: z.value === Infinity,
      psi: histogram && shares && current.count > 0 ? psiOfShares(histogram.shares, shares) : null,
      importance: importance.get(name) ?? null,
      histogram: histogram && { edges: histogram.edges, baseline: histogram.shares, current: shares! },
      reason: baseline === undefined ? 'this version has no baseline for it' : z.reason,
    };
  });
}

/** The columns whose categories a rule watches, and that are no inputs of the model by themselves. */
export function categoryTexts({ slices = [], categories = [] }: Part, { inputs }: Bundle): SliceColumn[] {
  return slices.filter(({ name }) => categories.includes(name) && !inputs.some((input) => input.name === name));
}

const isDate = ({ preprocessing }: Bundle, column: string): boolean =>
  preprocessing.some((step) => step.step === 'date' && Object.hasOwn(step.columns, column));

function categoryColumn(
  version: ReadVersion,
  { name, text }: Pick<SliceColumn, 'name' | 'text'>,
  importance: Map<string, number>,
): ColumnDrift {
  const baseline = statisticsIn(version.dataBaseline, name);
  const dates = isDate(version.bundle, name);
  const known = baseline?.categories?.values;
  const drift = categoryDrift(name, baseline, textStatistics(text, known), dates);
  return { ...drift, current: { ...drift.current, rows: text.length }, importance: importance.get(name) ?? null };
}

/** How the shares of a column of texts moved. @param dates whether they are dates, whose values always go on */
export function categoryDrift(
  name: string,
  baseline: ColumnStatistics | undefined,
  current: ColumnStatistics,
  dates = false,
): ColumnDrift {
  const [before, after] = [baseline?.categories ?? null, current.categories ?? null];
  const paired =
    before && after && !dates
      ? pairedShares(before, after, { baseline: baseline!.count, current: current.count })
      : null;
  return {
    column: name,
    baseline: summary(baseline),
    current: summary(current),
    z: null,
    infinite: false,
    psi: paired && psiOfShares(paired.baseline, paired.current),
    ...(dates
      ? { dates }
      : { newCategories: { share: paired?.freshShare ?? null, names: paired?.fresh.slice(0, 50) ?? [] } }),
    importance: null,
    histogram: paired && {
      ...{ edges: [], categories: paired.categories, baseline: paired.baseline, current: paired.current },
    },
    ...(paired ? {} : { reason: dates ? 'dates go on: what is missing is watched' : whyNoShares(baseline, current) }),
  };
}

function whyNoShares(baseline: ColumnStatistics | undefined, current: ColumnStatistics): string {
  if (baseline === undefined) return 'this version has no baseline for it';
  if (current.count === 0) return 'there are no values in this column';
  if (baseline.count === 0) return 'the baseline has no values in this column';
  return `it has more than ${mostCategories.toLocaleString('en-US')} different values`;
}

function summary(statistics: ColumnStatistics | undefined): ColumnDrift['current'] {
  const { mean = null, std = null, null_pct: nullPct = null, count = 0, rows } = statistics ?? {};
  return { mean, std, nullPct, count, ...(rows === undefined ? {} : { rows }) };
}

/**
 * Values of the inputs that are numbers as they stand in the feature group (`raw`, where nulls can be counted) and with the fills of the model's own
 * preprocessing (`filled`, whose distribution is what the model gets to see).
 */
export function columnsAsSeen(bundle: Bundle, part: Part): Map<string, { raw: Float64Array; filled: Float64Array }> {
  const names = bundle.inputs.filter(({ type }) => type === 'number').map(({ name }) => name);
  const raw = selectColumns(part.matrix, names);
  // What an encoding made is filled as well, and stands in no feature group.
  const fills = bundle.preprocessing.flatMap((step) => {
    if (step.step !== 'impute') return [];
    const own = Object.entries(step.values).filter(([name]) => names.includes(name));
    return own.length === 0 ? [] : [{ ...step, values: Object.fromEntries(own) }];
  });
  const filled = applyPreprocessing(fills, raw);
  return new Map(names.map((name, index) => [name, { raw: raw.values[index]!, filled: filled.values[index]! }]));
}

/** Share of the gain by input column, from the evaluation of the version; absent where the model has none. */
function importanceOf(version: ReadVersion): Map<string, number> {
  const chosen = version.evaluation?.models.find(({ name }) => name === version.evaluation?.chosen);
  const total = chosen?.importance.reduce((sum, { gain }) => sum + gain, 0) ?? 0;
  return new Map(chosen?.importance.map(({ column, gain }) => [column, total === 0 ? 0 : gain / total]));
}
