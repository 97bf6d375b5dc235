import { confusionFigures, fBeta } from './binary-figures.js';
import type { Confusion } from './confusion.js';
import { type ScoreGroups, scoreGroups } from './score-groups.js';

export type ThresholdFigure =
  'recall' | 'precision' | 'fpr' | 'f1' | 'accuracy' | 'false_positives' | 'false_negatives';

/** Keep a figure and minimise another; or the best F-beta; or the least cost, each outcome having its price. */
export type ThresholdRule =
  | {
      keep: { figure: ThresholdFigure; operator: '>=' | '<=' | '>' | '<'; value: number };
      minimise: ThresholdFigure;
    }
  | { maximise: 'f_beta'; beta: number }
  | { minimise: 'cost'; cost: Confusion };

export interface ChosenThreshold {
  /** Null when the rows have no positives or no negatives, so that no rule can be judged. */
  threshold: number | null;
  /** Whether the figure to keep is kept; false: the threshold that comes nearest to it. */
  met: boolean;
  confusion: Confusion | null;
  recall: number | null;
  precision: number | null;
  /** One sentence that says how the threshold was found. */
  reason: string;
}

type ConstrainedRule = Extract<ThresholdRule, { keep: unknown }>;

/**
 * Chooses a threshold among all distinct scores: of those that keep the rule, the one with the least of `minimise`,
 * among equals the higher recall, then the higher threshold (of equals in F-beta or cost the lowest threshold). If none keeps it: the one nearest to the rule's value,
 * among equals the lowest. Score >= threshold predicts 1.
 * @throws InputError naming the first row whose label is not 0 or 1, or whose score is not a number
 */
export function chooseThreshold(
  rule: ThresholdRule,
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
): ChosenThreshold {
  const groups = scoreGroups(labels, scores);
  if (groups.totalPositives === 0 || groups.totalNegatives === 0) {
    const reason = `no threshold: the rows have ${groups.totalPositives} positives and ${groups.totalNegatives} negatives`;
    return { threshold: null, met: false, confusion: null, recall: null, precision: null, reason };
  }
  if ('keep' in rule) return constrained(rule, groups);
  const lowest = () => true;
  if ('maximise' in rule) {
    const best = search(
      groups,
      () => true,
      (confusion) => -(fBeta(confusion, rule.beta) ?? 0),
      lowest,
    )!;
    return chosen(groups, best, true, `best F${rule.beta}`);
  }
  const { tp, fp, fn, tn } = rule.cost;
  const price = (found: Confusion) => tp * found.tp + fp * found.fp + fn * found.fn + tn * found.tn;
  return chosen(
    groups,
    search(groups, () => true, price, lowest)!,
    true,
    'least cost',
  );
}

function constrained(rule: ConstrainedRule, groups: ScoreGroups): ChosenThreshold {
  const words = `${rule.keep.figure} ${rule.keep.operator} ${rule.keep.value}`;
  const best = search(
    groups,
    (confusion) => keeps(rule, confusion),
    costOf(rule.minimise),
    (later, earlier) => later.tp > earlier.tp,
  );
  if (best) return chosen(groups, best, true, `least ${rule.minimise} with ${words}`);
  const distance = (confusion: Confusion) =>
    Math.abs((figureOf(rule.keep.figure, confusion) ?? Infinity) - rule.keep.value);
  const nearest = search(
    groups,
    () => true,
    distance,
    () => true,
  )!;
  return chosen(groups, nearest, false, `no threshold keeps ${words}; nearest ${rule.keep.figure} taken`);
}

interface Candidate {
  group: number;
  confusion: Confusion;
}

/** Walks from the highest score down; `wins` says whether a lower threshold of equal cost replaces a higher one. */
function search(
  groups: ScoreGroups,
  allowed: (confusion: Confusion) => boolean,
  cost: (confusion: Confusion) => number,
  wins: (later: Confusion, earlier: Confusion) => boolean,
): Candidate | null {
  let best: Candidate | null = null;
  let least = Infinity;
  const at = { tp: 0, fp: 0, fn: groups.totalPositives, tn: groups.totalNegatives };
  for (let group = 0; group < groups.scores.length; group++) {
    at.tp += groups.positives[group]!;
    at.fp += groups.negatives[group]!;
    at.fn -= groups.positives[group]!;
    at.tn -= groups.negatives[group]!;
    if (!allowed(at)) continue;
    const value = cost(at);
    if (value > least || (value === least && best && !wins(at, best.confusion))) continue;
    least = value;
    best = { group, confusion: { ...at } };
  }
  return best;
}

function keeps({ keep }: ConstrainedRule, confusion: Confusion): boolean {
  const figure = figureOf(keep.figure, confusion);
  if (figure === null) return false;
  if (keep.operator === '>=') return figure >= keep.value;
  if (keep.operator === '>') return figure > keep.value;
  return keep.operator === '<=' ? figure <= keep.value : figure < keep.value;
}

function costOf(figure: ThresholdFigure): (confusion: Confusion) => number {
  return (confusion) => figureOf(figure, confusion) ?? Infinity;
}

function figureOf(figure: ThresholdFigure, confusion: Confusion): number | null {
  if (figure === 'false_positives') return confusion.fp;
  if (figure === 'false_negatives') return confusion.fn;
  return confusionFigures[figure].of(confusion);
}

function chosen(groups: ScoreGroups, { group, confusion }: Candidate, met: boolean, reason: string): ChosenThreshold {
  const [recall, precision] = [confusionFigures.recall.of(confusion), confusionFigures.precision.of(confusion)];
  return { threshold: groups.scores[group]!, met, confusion, recall, precision, reason };
}
