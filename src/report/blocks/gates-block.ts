import type { GateLevel, Operator } from '../../documents/gates/verdict.js';
import type { ActionView, Answer, BarView, Figure } from '../view-parts.js';

export interface EvidenceView {
  /** "9 missed rows", "7 features". */
  label: string;
  /** Features to look at: they are in the drift table of this report. */
  columns: string[];
  /** Opens the rows; null where there are none or the host cannot. */
  action: ActionView | null;
}

/** A gate at another threshold. */
export interface RateView {
  figure: string;
  operator: Operator;
  limit: number | null;
  decimals: number;
  /** What becomes of a failure: of an advisory or waived gate a warning. */
  failure: 'fail' | 'warn';
  /** Of a gate that asks for certainty: how far its interval reaches, which is taken to be as wide at any threshold. */
  noise: { below: number; above: number } | null;
}

export interface GateView {
  id: string;
  status: Answer;
  word: string;
  title: string;
  level: GateLevel;
  /** "hard", "soft 2 of 3", "advisory". */
  levelText: string;
  value: Figure;
  bar: BarView | null;
  /** "≥ 0.70"; "≥ 0.80 × b" where the baseline b is not known; "–" where no limit is recorded. */
  mustBe: string;
  baseline: Figure;
  n: Figure;
  why: string;
  /** How it was computed, with the whole message, for a tooltip and for readers of the Markdown. */
  detail: string;
  evidence: EvidenceView | null;
  /** What is needed to judge it at another threshold: a figure that follows from the confusion matrix alone; else null. */
  rate: RateView | null;
  /** At another threshold: it would be another value than the recorded one. */
  whatIf?: boolean;
}

/** Every gate in one line. */
export interface GatesBlock {
  type: 'gates';
  id: string;
  title: string;
  gates: GateView[];
  note: string | null;
  /** Of the soft gates: how many of how many must fail for the group to fail; null without soft gates. */
  soft: { fail: number; of: number } | null;
}
