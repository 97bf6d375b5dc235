import type { GridAnswers, GridQuestion } from '../../documents/grid/questions.js';

/** A process that reads one table, so that this window does not. */
export interface TableProcess {
  /** @throws what the process says is wrong; AbortError-like CancelledError when the signal is aborted */
  ask: <Ask extends GridQuestion['ask']>(
    question: Extract<GridQuestion, { ask: Ask }>,
    signal?: AbortSignal,
  ) => Promise<GridAnswers[Ask]>;
  /** Lets it end by itself; one that does not is ended. */
  end: () => void;
}
