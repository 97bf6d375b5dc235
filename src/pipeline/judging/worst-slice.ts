import type { Slice } from '../../documents/slices.js';
import { keyOf } from '../../gates/judge.js';
import { knownFigure, lowerIsBetter } from '../../project/rules/known-figures.js';
import { readRule } from '../../project/rules/rule.js';
import type { ProjectFile } from '../../project/schema.js';
import { sliceFigures } from '../evaluating/slices.js';

/** Where no hard gate says which figure decides. */
const usual = { binary: 'recall', multiclass: 'accuracy', regression: 'mae' };

/** Below this a slice is too small to be called the worst, unless the deciding gate says what is enough for it. */
const enough = 30;

export interface WorstSlice {
  worstSlice: string | null;
  /** By which figure, among slices with at least so many of its denominator. */
  worstSliceRule: { figure: string; minimum: number; of: string };
}

/**
 * The slice that is worst by the figure of the first hard gate on a figure of the model (without one: recall, or the
 * mean absolute error), among slices that have at least that gate's `minSamples`, else 30, of the figure's denominator.
 * Null where no slice is large enough.
 */
export function worstSliceOf(
  { monitor, model }: Pick<ProjectFile, 'monitor' | 'model'>,
  slices: readonly Slice[],
): WorstSlice {
  const hard = monitor.gates.flatMap((gate) => {
    const read = readRule(gate.rule);
    return gate.level === 'hard' && 'rule' in read && read.rule.columns === null
      ? [{ figure: keyOf({ ...read.rule, slice: null }, null), name: read.rule.figure, minSamples: gate.minSamples }]
      : [];
  })[0];
  const figure = hard?.figure ?? usual[model.task];
  const minimum = hard?.minSamples ?? enough;
  const figures = sliceFigures(model.task, slices);
  const known = hard?.name ?? figure;
  const sign = lowerIsBetter(known) ? -1 : 1;
  const eligible = slices.flatMap(({ slice }) => {
    const found = figures[`${figure}[${slice}]`];
    return found?.value == null || (found.n ?? 0) < minimum ? [] : [{ slice, worth: sign * found.value }];
  });
  const worst = eligible.reduce<(typeof eligible)[number] | undefined>(
    (least, one) => (least === undefined || one.worth < least.worth ? one : least),
    undefined,
  );
  const of = knownFigure(known)?.denominator ?? 'rows';
  return { worstSlice: worst?.slice ?? null, worstSliceRule: { figure, minimum, of } };
}
