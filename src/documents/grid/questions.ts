import * as z from 'zod';
import type { PlainError } from '../errors/error-about.js';
import type { GridHead, GridRows, GridStatistics, GridTable } from './grid.js';

const place = z.int().nonnegative();
const view = z.object({
  sort: z.object({ column: place, descending: z.boolean() }).nullable(),
  filters: z.record(z.string(), z.string()),
});
const rows = z.object({
  ...{ view, from: place, count: place, columns: z.array(place) },
  characters: place.optional(),
});

/** What a page may ask, and the process that reads tables answers. */
export const pageQuestionSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('rows'), wish: rows }),
  z.object({ ask: z.literal('heads'), columns: z.array(place) }),
  z.object({ ask: z.literal('statistics'), view, column: place }),
]);
export type PageQuestion = z.infer<typeof pageQuestionSchema>;

/** Where rows come from. */
export const gridSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('file'),
    /** On this machine. */
    path: z.string(),
    /** Names and `*` patterns of columns that are covered. */
    hidden: z.array(z.string()),
  }),
]);
export type GridSource = z.infer<typeof gridSourceSchema>;

/** What the window asks besides: what it then gives to the clipboard, and to a file that its user named. */
const questionSchema = z.discriminatedUnion('ask', [
  ...pageQuestionSchema.options,
  z.object({ ask: z.literal('open'), source: gridSourceSchema }),
  z.object({ ask: z.literal('copy'), wish: rows, named: z.boolean() }),
  z.object({ ask: z.literal('save'), view, columns: z.array(place), ending: z.enum(['.csv', '.parquet']) }),
]);
export type GridQuestion = z.infer<typeof questionSchema>;

/** A line to the process: a question with a number of its own, or that one is not waited for any more. */
export const gridLineSchema = z.union([
  z.object({ id: z.int(), question: questionSchema }),
  z.object({ cancel: z.int() }),
]);
export type GridLine = z.infer<typeof gridLineSchema>;

/** Answers, by what was asked. */
export interface GridAnswers {
  open: GridTable;
  rows: GridRows;
  heads: GridHead[];
  statistics: GridStatistics;
  copy: { text: string; rows: number };
  /** `path`: of a file in the process's own folder, for its asker to take. */
  save: { rows: number; path: string };
}

/** A line from the process. */
export type GridReply = { id: number; answer: GridAnswers[keyof GridAnswers] } | { id: number; error: PlainError };
