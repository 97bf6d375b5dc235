import * as z from 'zod';
import type { GridTable } from './grid.js';
import { type GridAnswers, pageQuestionSchema } from './questions.js';

const wish = z.object({
  view: pageQuestionSchema.options[0].shape.wish.shape.view,
  ...{ from: z.int().nonnegative(), count: z.int().nonnegative(), columns: z.array(z.int().nonnegative()) },
});

/** What a grid's page says to its window. `copy` and `save` are for the user: the page sees nothing of them. */
export const gridMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('ask'), id: z.int(), question: pageQuestionSchema }),
  z.object({ type: z.literal('cancel'), id: z.int() }),
  z.object({ type: z.literal('copy'), wish, named: z.boolean() }),
  z.object({ type: z.literal('save'), view: wish.shape.view, columns: wish.shape.columns }),
  /** What was offered beside a failure or a note. */
  z.object({ type: z.literal('take'), offer: z.enum(['fetch', 'text', 'preview', 'again']) }),
]);
export type GridMessage = z.infer<typeof gridMessageSchema>;
export type GridOffer = Extract<GridMessage, { type: 'take' }>['offer'];

/** What a window says to a grid's page. */
export type GridNews =
  | { type: 'reading'; name: string }
  | {
      type: 'table';
      name: string;
      table: GridTable;
      /** How long it took, in milliseconds; of a query. */
      took?: number;
      /** What a person should know: the rows are of a query that has changed since. */
      stale?: string;
    }
  | { type: 'failed'; name: string; message: string; offers: GridOffer[] }
  | { type: 'answer'; id: number; answer: GridAnswers['rows' | 'heads' | 'statistics'] }
  | { type: 'refused'; id: number; message: string }
  | { type: 'stale'; text: string }
  | { type: 'news'; text: string };
