import type { Block, ChartBlock, PageView, TableBlock } from './blocks/blocks.js';
import type { CellView } from './matrix-block.js';
import type { ActionView, Answer, FactView, Figure } from './view-parts.js';

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
  /** In the order of Markdown and of CSV tables; the page lays them out by their place. */
  sections: Section[];
  /** Why other sections are not there, in their order. */
  absent: string[];
}

/** Where a section stands on a page: above or below all others, among the cards, over the whole width, or in pairs. */
export type Place = 'top' | 'cards' | 'wide' | 'pairs' | 'end';

export interface Section {
  place: Place;
  block: Block;
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
