import type { ColumnStatistics } from '../../documents/baselines.js';
import type { ColumnDrift } from '../../documents/monitoring.js';
import { zOfMean } from '../../drift/mean-shift.js';
import { sharesOf, statisticsOf } from '../../drift/statistics.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { applyPreprocessing } from '../../models/preprocessing/apply.js';
import { selectColumns, type Part } from '../training/parts.js';
import type { ReadVersion } from '../training/read-version.js';

/** Every input of the model, its training rows against these rows: the table behind the drift and null gates. */
export function driftTable(version: ReadVersion, part: Part): ColumnDrift[] {
  const seen = columnsAsSeen(version.bundle, part);
  const importance = importanceOf(version);
  return version.bundle.inputs.map(({ name }) => {
    const baseline = version.dataBaseline?.[name];
    const current = statisticsOf(seen.get(name)!.filled, seen.get(name)!.raw);
    const z = zOfMean(current.mean, baseline?.mean ?? null, baseline?.std ?? null);
    const histogram = baseline?.histogram ?? null;
    return {
      column: name,
      baseline: summary(baseline),
      current: { ...summary(current), rows: part.matrix.rows },
      z: Number.isFinite(z.value) ? z.value : null,
      // JSON has no infinity; a constant that changed is infinitely far.
      infinite: z.value === Infinity,
      importance: importance.get(name) ?? null,
      histogram:
        histogram === null
          ? null
          : {
              edges: histogram.edges,
              baseline: histogram.shares,
              current: sharesOf(seen.get(name)!.filled, histogram.edges),
            },
      reason: baseline === undefined ? 'this version has no baseline for it' : z.reason,
    };
  });
}

function summary(statistics: ColumnStatistics | undefined): ColumnDrift['current'] {
  const { mean = null, std = null, null_pct: nullPct = null, count = 0 } = statistics ?? {};
  return { mean, std, nullPct, count };
}

/**
 * Values as they stand in the feature group (`raw`, where nulls can be counted) and with the fills of the model's own
 * preprocessing (`filled`, whose distribution is what the model gets to see).
 */
export function columnsAsSeen(bundle: Bundle, part: Part): Map<string, { raw: Float64Array; filled: Float64Array }> {
  const names = bundle.inputs.map(({ name }) => name);
  const raw = selectColumns(part.matrix, names);
  const fills = bundle.preprocessing.filter(({ step }) => step === 'impute');
  const filled = applyPreprocessing(fills, raw);
  return new Map(names.map((name, index) => [name, { raw: raw.values[index]!, filled: filled.values[index]! }]));
}

/** Share of the gain by input column, from the evaluation of the version; absent where the model has none. */
function importanceOf(version: ReadVersion): Map<string, number> {
  const chosen = version.evaluation?.models.find(({ name }) => name === version.evaluation?.chosen);
  const total = chosen?.importance.reduce((sum, { gain }) => sum + gain, 0) ?? 0;
  return new Map(chosen?.importance.map(({ column, gain }) => [column, total === 0 ? 0 : gain / total]));
}
