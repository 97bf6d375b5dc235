import type { Confusion } from '../documents/evaluation.js';
import type { ChartBlock, PageView, TableBlock } from './blocks/blocks.js';
import type { GateLevel, Operator } from '../documents/verdict.js';
import type { ActionView, Answer, BarView, FactView, Figure } from './view-parts.js';

export * from './view-parts.js';

/**
 * What a report shows, ready to draw: every renderer (panel, custom editor, exported page, Markdown) shares it and
 * formats nothing itself. Plain JSON, so that it can be sent to a page. Fractions are 0–1 of a drawn width.
 */

/** A part of a report that this document cannot fill: shown as its reason, never as an empty or healthy part. */
export interface Absent {
  absent: string;
}
/** A part that is there, that cannot be filled, or (null) that does not belong to this kind of model. */
export type Part<T> = T | Absent | null;

export function isAbsent(part: object): part is Absent {
  return 'absent' in part;
}

export interface BannerView {
  verdict: Answer;
  /** "Fail — recall is below its floor". */
  headline: string;
  /** The sentence with the figures behind it. */
  summary: string;
}

export interface DecisionView {
  action: 'keep' | 'retrain' | 'unknown';
  /** "Keep v3". */
  text: string;
  /** "held by override". */
  by: string;
  reason: string;
  /** What the run itself decided, when that differs from what holds now. */
  recorded: string | null;
}

export interface OverrideView {
  name: string;
  by: string;
  reason: string;
  /** "until 24 Nov", or "until cleared". */
  until: string;
  /** What it does and what it does not. */
  effect: string;
  clear: ActionView | null;
}

export interface EvidenceView {
  /** "9 missed rows", "7 features". */
  label: string;
  /** Features to look at: they are in the drift table of this report. */
  columns: string[];
  /** Opens the rows; null where there are none or the host cannot. */
  action: ActionView | null;
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
  rate: { figure: string; operator: Operator; limit: number | null; decimals: number } | null;
}

export type CellName = keyof Confusion;
export interface CellView {
  cell: CellName;
  count: number;
  text: string;
  /** "found", "missed", "false alarms", "left alone". */
  label: string;
  /** The same in full: "positives the model flagged". */
  detail: string;
  /** A failing gate counts this cell. */
  blamed: boolean;
}

export interface MatrixView {
  /** As text; "–" where the document does not record it. */
  threshold: Figure;
  cells: CellView[];
  /** Whether the rows of a cell can be looked at. */
  opens: boolean;
}

/** What each threshold would have done, thresholds rising, as parallel arrays. */
export interface SweepView {
  threshold: number[];
  tp: number[];
  fp: number[];
  fn: number[];
  tn: number[];
  /** The position that does what the recorded threshold does. */
  recorded: number;
}

export interface CurveView {
  name: string;
  role: 'baseline' | 'current';
  recall: number[];
  precision: number[];
}

export interface PrView {
  title: string;
  curves: CurveView[];
  /** Where the model works now. */
  now: { recall: number; precision: number; label: string } | null;
  /** Where recall must be at least. */
  floor: { recall: number; label: string } | null;
  /** The chart in one sentence. */
  summary: string;
  /** The chart as a table: precision at some recalls. */
  table: { recall: string; cells: { name: string; text: string }[] }[];
}

export interface MetricView {
  id: string;
  title: string;
  value: Figure;
  baseline: Figure;
  /** "0.012 better"; empty without a baseline. */
  change: string;
  /** "95 % interval 0.43 – 0.79"; empty where none is recorded. */
  interval: string;
  betterIs: 'higher' | 'lower';
  /** Of its figures; null: as many as they need. */
  decimals: number | null;
}

export interface ReportView {
  kind: 'monitoring';
  /** For a tab: "fail · v3 lightgbm". */
  title: string;
  /** Said on top when another system wrote the document. */
  origin: string | null;
  banner: BannerView;
  decision: DecisionView;
  /** The one likely next action. */
  next: ActionView | null;
  overrides: OverrideView[];
  facts: FactView[];
  /** Quiet links beside the facts. */
  actions: ActionView[];
  gates: Part<GateView[]>;
  gatesNote: string | null;
  /** Of the soft gates: how many of how many must fail for the group to fail; null without soft gates. */
  soft: { fail: number; of: number } | null;
  metrics: MetricView[];
  matrix: Part<MatrixView>;
  sweep: Part<SweepView>;
  pr: Part<PrView>;
  roc: Part<ChartBlock>;
  calibration: Part<ChartBlock>;
  /** Sorted by how far each feature moved. */
  drift: Part<TableBlock>;
  slices: Part<TableBlock>;
}

/** One candidate's figure on one split; `best` where no other candidate's is better. */
export interface CandidateFigure {
  candidate: string;
  figure: Figure;
  best: boolean;
}

export interface EvaluatedSplitView {
  split: string;
  /** "2,196 rows, 9 positives". */
  size: string;
  /** One row a metric, the candidates side by side in the order of `candidates`. */
  metrics: { id: string; title: string; betterIs: 'higher' | 'lower'; figures: CandidateFigure[] }[];
  /** The confusion matrices in the same order; empty where the model predicts a number. */
  matrices: { candidate: string; cells: CellView[] | null }[];
}

export interface CandidateView {
  name: string;
  chosen: boolean;
  /** "lightgbm · 7 features · threshold 0.063". */
  facts: FactView[];
  /** Shares of the largest, 0–1, largest first. */
  importance: Part<{ column: string; share: number; text: string }[]>;
}

/** The evaluation of all candidates side by side. */
export interface EvaluationView {
  kind: 'evaluation';
  title: string;
  origin: string | null;
  /** "lightgbm is chosen of 2 candidates". */
  headline: string;
  summary: string;
  facts: FactView[];
  actions: ActionView[];
  candidates: CandidateView[];
  splits: EvaluatedSplitView[];
  /** Curves, calibration and slices of the chosen candidate. */
  blocks: (ChartBlock | TableBlock)[];
}

export type AnyView = ReportView | EvaluationView | PageView;
