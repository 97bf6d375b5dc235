import { matchColumns } from '../project/columns.js';
import type { Figure } from './figures.js';
import { judge, type Judged, type Question } from './judge.js';

/**
 * Holds a figure of every column that the rule names against its limit. A column that is named in full but absent is
 * inconclusive; so is a rule that no column fits. Worst first: failures by distance, then what is inconclusive, then
 * what came nearest to its limit.
 */
export function judgeColumns(question: Question, figures: Record<string, Figure>): Judged[] {
  const known = Object.keys(figures);
  const named = (question.rule.columns ?? []).flatMap((pattern) =>
    pattern.includes('*') ? matchColumns([pattern], known) : [pattern],
  );
  const judged = [...new Set(named)].map((column) => {
    const figure = Object.hasOwn(figures, column) ? figures[column] : undefined;
    return judge(question, figure, column);
  });
  if (judged.length === 0) {
    const reason = `no column fits ${question.rule.columns?.join(', ')}`;
    return [{ ...judge(question, undefined, null), reason }];
  }
  return worstFirst(judged);
}

export function worstFirst(judged: Judged[]): Judged[] {
  return judged.sort((left, right) => rank[left.status] - rank[right.status] || beyond(right) - beyond(left));
}

const rank = { fail: 0, inconclusive: 1, warn: 2, pass: 3 };

/** How far a value lies on the wrong side of its limit: comparable within one rule. */
function beyond({ figure, threshold, status }: Judged): number {
  if (status === 'inconclusive' || figure?.value == null || threshold.value === null) return 0;
  const distance = Math.abs(figure.value - threshold.value);
  return status === 'pass' ? -distance : distance;
}
