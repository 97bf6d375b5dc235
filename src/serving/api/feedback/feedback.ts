import { openJournal } from './journal.js';
import { scoreboard, scoreOf, type LabelOutcome } from './scoreboard.js';

/** What became of predictions: remembered by their ids until their labels come. */
export interface Feedback {
  predicted(id: string, predicted: string | number): void;
  /** Resolves when the label is written down. `predicted` is absent for an id that nobody knows. */
  label(
    id: string,
    truth: string | number,
    replace: boolean,
  ): Promise<{ outcome: LabelOutcome; predicted?: string | number; before?: string | number }>;
  /** A prediction whose label came with it. */
  judged(id: string | null, predicted: string | number, truth: string | number): Promise<void>;
  /** Of the newest predictions that have a label. `numbers`: of a regression. */
  score(numbers: boolean): { n: number; accuracy: number | null; mae: number | null };
  flush(): Promise<void>;
}

/** Predictions that wait for their labels, for each one that accuracy is counted over. */
const waitingForEach = 50;
const fewest = 10_000;

/**
 * @param window accuracy is that of so many predictions
 * @param folder where it is kept over a restart; undefined: nowhere
 */
export async function openFeedback(window: number, folder: string | undefined): Promise<Feedback> {
  const board = scoreboard({ window, remembered: Math.max(fewest, waitingForEach * window) });
  const journal = await openJournal(folder, board);
  return {
    predicted(id, predicted) {
      const place = journal.next();
      board.predicted(place, id, predicted);
      journal.write(['p', place, id, predicted]);
    },
    async label(id, truth, replace) {
      const before = board.find(id);
      const { predicted, truth: had } = before ?? {};
      const outcome = board.label(id, truth, replace);
      if (outcome === 'counted' || outcome === 'late' || outcome === 'replaced') {
        journal.write(['l', id, truth, replace]);
        await journal.flush();
      }
      return { outcome, predicted, before: had };
    },
    async judged(id, predicted, truth) {
      const one = { place: journal.next(), id, predicted, truth };
      if (id === null) board.judged(one);
      else {
        board.predicted(one.place, id, predicted);
        board.label(id, truth, true);
      }
      journal.write(['j', one]);
      await journal.flush();
    },
    score(numbers) {
      const judged = board.window();
      return { n: judged.length, ...scoreOf(judged, numbers) };
    },
    flush: journal.flush,
  };
}
