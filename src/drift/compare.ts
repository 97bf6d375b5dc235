import type { DriftColumn, DriftReport } from '../documents/drift-report.js';
import { type ColumnResult, undecided } from './column-result.js';
import { changesOf, withChanges } from './changes.js';
import { adjusted } from './methods/adjust.js';
import { overlayOf } from './overlay.js';
import { evidentlyMethods } from './profiles/evidently-methods.js';
import { evidentlyColumn, evidentlyType } from './profiles/evidently.js';
import { nannymlMethods } from './profiles/nannyml-methods.js';
import { nannymlColumn } from './profiles/nannyml.js';
import { ownMethods } from './profiles/own-methods.js';
import { concluded, ownColumn } from './profiles/own.js';
import { sagemakerColumn, usualComparison } from './profiles/sagemaker.js';
import { presentIn, type Sample } from './sample.js';

export type Profile = DriftReport['profile'];

export interface DriftSettings {
  profile: Profile;
  /** One of `methodsOf(profile)`; else what the profile chooses. */
  method?: string;
  /** NannyML's chunks, in rows. */
  chunkSize?: number;
}

/** The names of a profile's methods. */
export function methodsOf(profile: Profile): string[] {
  switch (profile) {
    case 'default':
      return Object.keys(ownMethods);
    case 'evidently':
      return Object.keys(evidentlyMethods);
    case 'nannyml':
      return Object.keys(nannymlMethods);
    case 'sagemaker':
      return ['linf_robust', 'linf_simple', 'chi_squared'];
  }
}

/** So many names of new or missing categories are told. */
const mostNames = 50;

/** One column of two tables by the profile's method. What depends on all columns is still open: see `concludeColumns`. */
export function compareColumn(
  column: string,
  reference: Sample,
  current: Sample,
  settings: DriftSettings,
): DriftColumn {
  const type = typeOf(reference, current, settings.profile);
  const result = judge(type, reference, current, settings);
  return {
    column,
    type,
    ...result,
    histogram: type === 'numerical' || type === 'categorical' ? overlayOf(reference, current) : null,
    ...changesOf(reference, current, type),
    ...(type === 'categorical' ? categoryNames(reference, current) : {}),
  };
}

function judge(
  type: DriftColumn['type'],
  reference: Sample,
  current: Sample,
  { profile, method, chunkSize }: DriftSettings,
): ColumnResult {
  if (reference.kind !== current.kind) {
    const word = ({ kind }: Sample) => (kind === 'numeric' ? 'numbers' : 'text');
    return undecided(method ?? 'none', `it holds ${word(reference)} in the reference and ${word(current)} now`);
  }
  switch (profile) {
    case 'default':
      return type === 'text' && method === undefined
        ? undecided('none', 'almost every value is different, so that there are no categories to compare')
        : ownColumn(reference, current, method);
    case 'evidently':
      return evidentlyColumn(reference, current, method);
    case 'nannyml':
      return nannymlColumn(reference, current, method, chunkSize);
    case 'sagemaker':
      return sagemakerColumn(reference, current, {
        ...usualComparison,
        ...(method === 'linf_simple' ? { method } : {}),
        categorical: method === 'chi_squared' ? 'ChiSquared' : 'LInfinity',
      });
  }
}

function typeOf(reference: Sample, current: Sample, profile: Profile): DriftColumn['type'] {
  if (profile === 'evidently') return evidentlyType(current);
  if (reference.kind === 'numeric') return 'numerical';
  const unique = reference.text && reference.counts.size > presentIn(reference) / 2;
  return profile === 'default' && unique && reference.counts.size > mostNames ? 'text' : 'categorical';
}

function categoryNames(reference: Sample, current: Sample): Partial<DriftColumn> {
  if (reference.kind !== 'category' || current.kind !== 'category') return {};
  const only = (of: ReadonlyMap<string, number>, not: ReadonlyMap<string, number>) => {
    const names: string[] = [];
    for (const name of of.keys()) if (!not.has(name) && names.length < mostNames) names.push(name);
    return names;
  };
  return {
    new_categories: only(current.counts, reference.counts),
    missing_categories: only(reference.counts, current.counts),
  };
}

/**
 * What follows from all columns together: in the `default` profile, probabilities corrected for their number, and, unless
 * one method alone was asked, what missing values and new categories say. Other profiles decide as their libraries do.
 */
export function concludeColumns(columns: readonly DriftColumn[], { profile, method }: DriftSettings): DriftColumn[] {
  if (profile !== 'default') return [...columns];
  const corrected = adjusted(columns.map(({ p_value }) => p_value));
  const judged = columns.map((column, at) => {
    const p = corrected[at]!;
    const result = concluded(column, p);
    return { ...column, ...result, ...(p === null ? {} : { p_adjusted: p }) };
  });
  return method === undefined ? withChanges(judged) : judged;
}
