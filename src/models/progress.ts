import type { Crew } from './trees/kernel/crew.js';

/** Where a training stands: `round` of `rounds` is done, with the validation figures after it (empty without validation). */
export interface Progress {
  round: number;
  rounds: number;
  metrics: Record<string, number>;
}

export interface TrainingHooks {
  onRound?(progress: Progress): void;
  /** Aborting rejects the training with a CancelledError before its next round. */
  signal?: AbortSignal;
  /** Threads that help where there is much to do (boosted trees); the model is the same without them. */
  crew?: Crew;
}
