import type { Curves } from '../../documents/evaluation.js';

/** What two models are held against each other by, beside their figures. */
export interface Looks {
  curves: Curves | null;
  /** By feature, in any unit. */
  importance: Readonly<Record<string, number>> | null;
}
