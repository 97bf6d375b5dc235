import type { TableBlock, WaterfallView } from '../blocks/blocks.js';

/** Rows behind a figure: of a confusion cell, a gate, a slice or a column. */
export interface RowsMessage {
  type: 'rows';
  /** As asked for: `cell:fn`, `gate:recall`, `slice:site=a`, `column:age`. */
  selection: string;
  title: string;
  /** Null: there are none to show, and `note` says why. */
  table: TableBlock | null;
  note: string;
  /** Whether a row can be explained. */
  explains: boolean;
}

export interface ExplainedMessage {
  type: 'explained';
  record: string;
  waterfall: WaterfallView | null;
  /** Why there is none. */
  note: string;
}
