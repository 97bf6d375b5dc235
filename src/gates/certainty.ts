import { atWidth, besideLimit, certainAnswer, widthOf } from '../documents/certainty.js';
import type { Judged, Question } from './judge.js';

/**
 * The answers of a rule that asks for certainty, worst first as they came: failures whose interval touches the limit become
 * warnings. Noise is looked at only where it can change an answer, and for the answer that decides.
 */
export function withCertainty(question: Question, confidence: number, judged: readonly Judged[]): Judged[] {
  const tests = judged.filter(({ status }) => status !== 'inconclusive').length;
  return judged.map((one, at) =>
    one.status === 'fail' || (at === 0 && one.status === 'pass') ? ascertained(question, confidence, one, tests) : one,
  );
}

function ascertained({ rule }: Question, confidence: number, judged: Judged, tests: number): Judged {
  const { figure, threshold } = judged;
  const [value, limit] = [figure?.value, threshold.value];
  // Infinitely far away is no matter of noise.
  if (value == null || limit === null || !Number.isFinite(value)) return judged;
  const width = widthOf(confidence, tests);
  const interval = figure?.intervalAt?.(width) ?? (figure?.interval ? atWidth(value, figure.interval, width) : null);
  const limits = threshold.interval ? atWidth(limit, threshold.interval, width) : null;
  const around = besideLimit(value, interval ?? [value, value], limit, limits);
  const exact = [
    ...(interval === null ? ['the figure is taken as exact: its noise is not known'] : []),
    ...(rule.limit.kind === 'relative' && limits === null
      ? [`the ${rule.limit.to === 'baseline' ? 'baseline' : "current model's"} is taken as exact: it has no interval`]
      : []),
  ];
  const certainty = { confidence, tests, interval, limits, around, exact };
  return { ...judged, certainty, status: certainAnswer(rule.operator, value, around, limit) };
}
