import { join } from 'node:path';
import { CancelledError, InputError } from '../../common/errors.js';
import { openGrid, type Grid } from '../../data/grid/open.js';
import type { Session } from '../../data/duckdb/session.js';
import { gridLineSchema, type GridAnswers, type GridQuestion, type GridReply } from '../../documents/grid/questions.js';
import { plainError } from '../../documents/errors/error-about.js';
import { openRelation } from './open-relation.js';

export interface GridDesk {
  /** Takes a line that somebody wrote to us. */
  hear: (line: string) => void;
  /** Waits for what is under way, and closes the table. */
  close: () => Promise<void>;
}

/** Answers what is asked about one table, one question after the other. `scratch` is a folder of its own. */
export function makeGridDesk(scratch: string, say: (reply: GridReply) => void): GridDesk {
  let session: Session | undefined;
  let grid: Grid | undefined;
  let last: Promise<void> = Promise.resolve();
  let current: number | undefined;
  const left = new Set<number>();
  let files = 0;

  const perform = async (question: GridQuestion): Promise<GridAnswers[keyof GridAnswers]> => {
    if (question.ask === 'open') {
      session?.close();
      const opened = await openRelation(scratch, question.source);
      session = opened.session;
      grid = openGrid(opened.session, opened.relation);
      return grid.table;
    }
    if (grid === undefined) throw new InputError('found no open table, expected one');
    switch (question.ask) {
      case 'rows':
        return grid.rows(question.wish);
      case 'heads':
        return grid.heads(question.columns);
      case 'statistics':
        return grid.statistics(question.view, question.column);
      case 'copy':
        return grid.copy({ ...question.wish, named: question.named });
      case 'save': {
        const path = join(scratch, `saved-${(files += 1)}${question.ending}`);
        return { ...(await grid.save(question.view, question.columns, path)), path };
      }
    }
  };
  const answer = async (id: number, question: GridQuestion) => {
    current = id;
    try {
      if (left.delete(id)) throw new CancelledError();
      say({ id, answer: await perform(question) });
    } catch (error) {
      say({ id, error: plainError(error) });
    } finally {
      current = undefined;
    }
  };
  return {
    hear(line) {
      const said = gridLineSchema.parse(JSON.parse(line));
      if (!('cancel' in said)) last = last.then(() => answer(said.id, said.question));
      else if (said.cancel === current) session?.connection.interrupt();
      else left.add(said.cancel);
    },
    async close() {
      session?.connection.interrupt();
      await last;
      session?.close();
    },
  };
}
