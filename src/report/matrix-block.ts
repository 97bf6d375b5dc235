import type { Confusion } from '../documents/evaluation.js';
import type { Figure } from './view-parts.js';

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

/** The confusion matrix in words, with a threshold that can be moved where there is a sweep. */
export interface MatrixBlock {
  type: 'matrix';
  id: string;
  title: string;
  /** As text; "–" where the document does not record it. */
  threshold: Figure;
  cells: CellView[];
  /** Whether the rows of a cell can be looked at. */
  opens: boolean;
  sweep: SweepView | null;
  /** At another threshold than the recorded one. */
  whatIf?: boolean;
}
