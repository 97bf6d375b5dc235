import type { GatesBlock } from './gates-block.js';
import type { MapBlock } from './map-block.js';
import type { MatrixBlock } from '../matrix-block.js';
import type { Answer, ActionView, BarView, FactView, Figure } from '../view-parts.js';

/** Two distributions over the same bins as lines: SVG path data in a box of 100 × 24, y downwards. */
export interface OverlayView {
  baseline: string;
  current: string;
  /** The overlay in words. */
  label: string;
}

/** A cell as it is shown; `sort` is what it is ordered by and what stands in a CSV file: the whole value, not its text. */
export interface TableCell {
  text: string;
  sort: number | string | null;
  /** Why there is no value; read aloud and shown as a tooltip. */
  reason?: string;
  full?: string;
  answer?: Answer;
  bar?: BarView;
  overlay?: OverlayView;
  strong?: boolean;
  /** Stands small below the text: an interval, a share. */
  note?: string;
  /** How much of its row lies in this cell, 0–1, as a tint; `right`: where it should lie. */
  heat?: { share: number; right: boolean };
}

export interface TableColumn {
  id: string;
  title: string;
  number?: boolean;
  /** Long text, which may break into lines. */
  wide?: boolean;
  /** Said by a mark on the page; a column in CSV and Markdown. */
  hidden?: boolean;
  /** Heads the notes of its cells, which are a column of their own in CSV. */
  notes?: string;
  /** Heads two overlaid lines: their names. */
  key?: [string, string];
}

export interface TableRow {
  id: string;
  cells: TableCell[];
  /** Stays when only what stands out is shown. */
  marked?: boolean;
  answer?: Answer;
  /** What a press on the row's name opens. */
  open?: ActionView;
}

/** A table that can be sorted by any column, and saved as CSV. */
export interface TableBlock {
  type: 'table';
  id: string;
  title: string;
  columns: TableColumn[];
  rows: TableRow[];
  /** Label of the switch that leaves only marked rows: "only drifted". */
  filter?: string;
  note?: string;
  /** Shares a line with the block before it, where there is room. */
  beside?: boolean;
  /** Closed until a person opens it: nothing in it stands out. */
  folded?: boolean;
}

export interface ChartSeries {
  name: string;
  /** `line-N`: one of several alike, told apart by colour and dashes; `limit`: what the others should not cross. */
  role: 'baseline' | 'current' | 'now' | 'other' | 'limit' | `line-${1 | 2 | 3 | 4 | 5 | 6}`;
  x: number[];
  y: (number | null)[];
  draw: 'line' | 'points' | 'steps';
}

export interface ChartAxis {
  title: string;
  min?: number;
  max?: number;
  /** `time`: values are milliseconds since 1970; the line is broken where there is none. */
  scale?: 'linear' | 'logarithmic' | 'time';
}

export interface ChartBlock {
  type: 'chart';
  id: string;
  title: string;
  series: ChartSeries[];
  x: ChartAxis;
  y: ChartAxis;
  /** Dashed lines from top to bottom. */
  marks: { x: number; label: string }[];
  /** The line from corner to corner: chance, or perfect calibration. */
  diagonal?: string;
  /** States over time, one after the other, as a band above the lines; values of x. */
  states?: { from: number; to: number; answer: Answer; text: string }[];
  /** Why there is nothing to draw. */
  absent?: string;
  /** The chart in one sentence. */
  summary: string;
  /** The chart as a table. */
  table?: TableBlock;
}

/** Points of every row beside each other, a line a feature; colour says low or high value. x is 0–1 of the width. */
export interface BeeswarmBlock {
  type: 'beeswarm';
  id: string;
  title: string;
  zero: number;
  /** The ends of the scale, as text. */
  ends: [string, string];
  lines: { feature: string; points: { x: number; y: number; value: number | null; row: number }[] }[];
  summary: string;
}

/** How one row's score came about; from and to are 0–1 of the width. */
export interface WaterfallView {
  id: string;
  title: string;
  steps: { feature: string; value: string; change: Figure; from: number; to: number }[];
  base: { text: string; at: number };
  total: { text: string; at: number };
  note: string;
}
/** Waterfalls of some rows; a person chooses which. */
export interface WaterfallBlock {
  type: 'waterfall';
  id: string;
  title: string;
  rows: WaterfallView[];
}

/** One figure, large. */
export interface TileView {
  id: string;
  title: string;
  value: Figure;
  note: string;
  /** What it was before, and "0.012 better" than that. */
  baseline?: Figure;
  change?: string;
  betterIs?: 'higher' | 'lower';
  /** Fixed decimals of its figures; absent: as many as they need. */
  decimals?: number;
  /** At another threshold than the recorded one. */
  whatIf?: boolean;
}

export interface TilesBlock {
  type: 'tiles';
  id: string;
  title: string;
  tiles: TileView[];
}

export interface TextBlock {
  type: 'text';
  id: string;
  title: string;
  lines: string[];
}

/** What every page is made of: one drawing, one Markdown and one CSV for each, whatever page it stands on. */
export type Block =
  | TableBlock
  | ChartBlock
  | BeeswarmBlock
  | WaterfallBlock
  | TilesBlock
  | TextBlock
  | GatesBlock
  | MatrixBlock
  | MapBlock;

/** A page of blocks: every kind of document that needs no layout of its own. */
export interface PageView {
  kind: 'page';
  /** The document's kind: `drift-report`, `run`, … */
  about: string;
  title: string;
  origin: string | null;
  /** Where the document holds an answer. */
  answer: Answer | null;
  headline: string;
  summary: string;
  facts: FactView[];
  actions: ActionView[];
  blocks: Block[];
}

/** A part of a JSON document that could not be shown as a report. `rest`: how much is left out below it. */
export interface TreeNode {
  name: string;
  text: string;
  children?: TreeNode[];
}
