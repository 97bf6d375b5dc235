import type { GateResult } from '../documents/verdict.js';
import type { Rule } from '../project/rule.js';
import type { Judged } from './judge.js';

/** The rows that speak against a rate, by figure: what they are called and which share of its denominator they are. */
const against: Record<string, { label: string; share: (rate: number) => number }> = {
  recall: { label: 'false negatives', share: (rate) => 1 - rate },
  precision: { label: 'false positives', share: (rate) => 1 - rate },
  fnr: { label: 'false negatives', share: (rate) => rate },
  specificity: { label: 'false positives', share: (rate) => 1 - rate },
  fpr: { label: 'false positives', share: (rate) => rate },
  accuracy: { label: 'wrong predictions', share: (rate) => 1 - rate },
};

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
  if (rule.slice !== null) return { kind: 'none' };
  const figure = judged[0]?.figure;
  const rows = Object.hasOwn(against, rule.figure) ? against[rule.figure] : undefined;
  if (rows === undefined || figure?.value == null || figure.n === null) return { kind: 'none' };
  return { kind: 'rows', label: rows.label, count: Math.round(rows.share(figure.value) * figure.n) };
}

/** Documents are JSON, which has no NaN and no infinity: null, and the message says what it was. */
export function finite(value: number | null | undefined): number | null {
  return value != null && Number.isFinite(value) ? value : null;
}
