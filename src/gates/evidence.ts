import type { GateResult } from '../documents/gates/verdict.js';
import { knownFigure } from '../project/rules/known-figures.js';
import type { Rule } from '../project/rules/rule.js';
import type { Judged } from './judge.js';

/** What to look at when a gate is doubted: rows for a rate, columns for a column figure. */
export function evidenceOf(rule: Rule, judged: Judged[]): GateResult['evidence'] {
  if (rule.columns !== null) {
    const columns = judged
      .filter(({ column }) => column !== null)
      .map(({ column, figure, status, reason }) => ({
        column: column ?? '',
        value: finite(figure?.value),
        status,
        ...(reason === undefined ? {} : { reason }),
      }));
    return { kind: 'columns', count: columns.filter(({ status }) => status === 'fail').length, columns };
  }
  // The rows that can be opened are those of the whole run: beside a slice's figure they would be others.
  if (rule.slice !== null || rule.estimated) return { kind: 'none' };
  const figure = judged[0]?.figure;
  const known = knownFigure(rule.figure);
  if (known?.against === undefined || !known.bounded || figure?.value == null || figure.n === null)
    return { kind: 'none' };
  // They are the rest of a rate that is better when higher.
  const share = known.better === 'higher' ? 1 - figure.value : figure.value;
  return { kind: 'rows', label: known.against, count: Math.round(share * figure.n) };
}

/** Documents are JSON, which has no NaN and no infinity: null, and the message says what it was. */
export function finite(value: number | null | undefined): number | null {
  return value != null && Number.isFinite(value) ? value : null;
}
