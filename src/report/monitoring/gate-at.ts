import { certainAnswer, type Interval } from '../../documents/certainty.js';
import type { Confusion } from '../../documents/evaluation.js';
import type { Operator } from '../../documents/gates/verdict.js';
import { barOf } from '../blocks/bar.js';
import type { GateView, RateView } from '../blocks/gates-block.js';
import { nameOf } from '../format/figure-names.js';
import { countOf, figureOf, formatNumber } from '../format/numbers.js';
import { answerWords, cellWords } from '../format/words.js';
import type { Answer } from '../view.js';
import { countedCell } from './matrix.js';
import { rateOfConfusion } from './rate-of-confusion.js';

/** A gate as it would be at other counts; one that does not follow from them stays as it is. */
export function gateAt(gate: GateView, confusion: Confusion): GateView {
  const { rate } = gate;
  if (rate === null) return gate;
  const { value, n } = rateOfConfusion(rate.figure, confusion);
  const status = statusAt(gate, rate, value);
  const shown = figureOf(value, 'nothing to divide by at this threshold', rate.decimals);
  const limit = rate.limit === null ? null : formatNumber(rate.limit, rate.decimals);
  return {
    ...gate,
    status,
    word: answerWords[status],
    value: shown,
    n: countOf(n),
    bar: barOf(value, rate.limit, nameOf(rate.figure).unit, { value: shown.text, limit }, aroundAt(rate, value)),
    why: value === null ? shown.reason! : `recorded ${gate.value.text}`,
    evidence: evidenceAt(gate, confusion),
    whatIf: shown.text !== gate.value.text,
  };
}

/** Too few rows stay too few whatever the threshold; otherwise the rule decides. */
function statusAt(gate: GateView, rate: RateView, value: number | null): Answer {
  if (gate.status === 'inconclusive' || gate.status === 'error' || gate.status === 'unknown') return gate.status;
  if (value === null || rate.limit === null) return 'inconclusive';
  const around = aroundAt(rate, value);
  const plain = holds(value, rate.operator, rate.limit) ? 'pass' : 'fail';
  const answer = around === null ? plain : certainAnswer(rate.operator, value, around, rate.limit);
  return answer === 'fail' ? rate.failure : answer;
}

function aroundAt({ noise }: RateView, value: number | null): Interval | null {
  return noise === null || value === null ? null : [value - noise.below, value + noise.above];
}

function holds(value: number, operator: Operator, limit: number): boolean {
  switch (operator) {
    case '>=':
      return value >= limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '<':
      return value < limit;
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}

/** How many rows stand behind a gate; none of them can be opened, for rows are those of the recorded threshold. */
function evidenceAt(gate: GateView, confusion: Confusion): GateView['evidence'] {
  const cell = gate.rate && countedCell(gate.rate.figure);
  if (!gate.evidence || !cell) return gate.evidence;
  return { label: `${countOf(confusion[cell]).text} ${cellWords[cell].label}`, columns: [], action: null };
}
