import type { Matrix } from '../../models/table/matrix.js';

/** A model that scores rows, however it does that. One that runs something is closed when it is needed no longer. */
export interface Scorer {
  /**
   * Scores of rows, one array an output: the probability of class 1 or the value; of several classes one array a class.
   * @throws PredictionError when the model answers nothing usable; the signal's reason
   */
  scores(table: Matrix, signal?: AbortSignal): Promise<Float64Array[]>;
  close(): Promise<void>;
}

/** What a model of others needs to run. */
export interface ScorerPlace {
  /** The project's folder: commands run there. */
  folder: string;
  /** Asked before a command runs. @throws UntrustedCommand */
  mayRun: (command: readonly string[], what: string) => void;
  /** The user's own folder of packages, outside of every project. */
  packages: string;
  /** Hears what a command says, a line at a time. */
  log: (text: string) => void;
  /** Whether a serving command may give rows no score, which is then NaN: where they are counted, and nobody waits for one. */
  gaps?: boolean;
  signal?: AbortSignal;
}
