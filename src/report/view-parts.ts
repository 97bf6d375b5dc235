import type { Verdict } from '../documents/gates/verdict.js';

/** A number as it is shown. `value` is null when it cannot be told, `text` is then "–" and `reason` says why. */
export interface Figure {
  value: number | null;
  text: string;
  reason: string | null;
}

/** Everything a page may ask its host to do. What a host does not offer is not drawn. */
export const commandIds = [
  'retrain',
  'monitor',
  'clearOverride',
  'compare',
  'viewJson',
  'copyMarkdown',
  'copyCsv',
  'saveCsv',
  'exportReport',
  'showRows',
  'explainRow',
  'openLog',
  'stopRelease',
  'openMember',
  'readWhole',
] as const;
export type CommandId = (typeof commandIds)[number];

export interface ActionView {
  command: CommandId;
  label: string;
  /** What it acts on: a gate's id, an override's name. */
  argument?: string;
}

/** `unknown`: the document records no answer. */
export type Answer = Verdict | 'unknown';

export interface FactView {
  label: string;
  text: string;
  /** The whole text where `text` is shortened. */
  full: string | null;
}

/** A value against its limit, drawn to scale: the bar runs `from`–`to`, the mark stands at `limit`. */
export interface BarView {
  from: number;
  to: number;
  limit: number | null;
  /** Where the value may lie beside the limit, of a gate that asks for certainty. */
  interval?: [from: number, to: number];
  /** "0.625 of a limit of 0.70, on a scale from 0 to 1", for those who do not see it. */
  label: string;
}
