import * as z from 'zod';
import type { Answer } from '../view-parts.js';
import type { RunColumn } from './columns.js';
import type { RunCounts } from './query.js';
import type { RunRow } from './rows.js';
import { outcomes } from './run-line.js';
import type { GateStrip } from './strip.js';

/** What stands above the table. */
export interface RunsHead {
  project: string;
  /** Which project in which environment: what was selected in another means nothing here. */
  place: string;
  answer: Answer | null;
  headline: string;
  /** Whether there is a last report to open. */
  hasReport: boolean;
  summary: string;
  strips: GateStrip[];
  columns: RunColumn[];
  /** "CET". */
  zone: string;
  /** Of so many runs so many are read; the rest follow. */
  read: number;
  all: number;
  /** Whether a run may be started here. */
  canRun: boolean;
}

/** A piece of the table: the rows of a query from `offset` on. */
export interface RunsWindow {
  /** The asking that it answers. */
  turn: number;
  offset: number;
  rows: RunRow[];
  total: number;
  counts: RunCounts;
}

export type RunsNews =
  | { type: 'head'; head: RunsHead }
  | { type: 'window'; window: RunsWindow }
  /** Runs came or were read: what is shown is to be asked for again. */
  | { type: 'changed' }
  | { type: 'failed'; reason: string };

const querySchema = z.object({
  text: z.string().max(500),
  only: z.enum(['all', 'starred', ...outcomes]),
  sort: z.object({ column: z.string(), descending: z.boolean() }),
});

/** At most so many rows travel at once. */
export const mostRows = 200;

/** What the page may say; anything else is no message of ours. */
export const runsAskSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), zone: z.string().max(100) }),
  z.object({
    type: z.literal('window'),
    turn: z.number(),
    query: querySchema,
    columns: z.array(z.string()).max(500),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(mostRows),
  }),
  z.object({ type: z.literal('star'), id: z.string(), on: z.boolean() }),
  z.object({ type: z.literal('open'), id: z.string() }),
  z.object({ type: z.literal('place'), id: z.string() }),
  z.object({ type: z.literal('compare'), a: z.string(), b: z.string() }),
  z.object({ type: z.literal('do'), what: z.enum(['run', 'report', 'trend', 'refresh', 'log']) }),
]);
export type RunsAsk = z.infer<typeof runsAskSchema>;
