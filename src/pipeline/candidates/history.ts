import type { TrainingHistory } from '../../documents/training-history.js';
import type { Progress } from '../../models/progress.js';
import type { Candidate } from '../../project/schema.js';

export type CandidateHistory = TrainingHistory['candidates'][number];

/** A drawn curve has this many points at most. */
const mostPoints = 300;

/** Figures that learners report of which more is better; all others are losses. */
const higherIsBetter = new Set(['auc', 'average_precision']);

/** Writes down a candidate's figures while it is fitted, round by round. */
export function historyOf({ name, family }: Candidate) {
  const seen: Progress[] = [];
  return {
    /** The hook that sees every round and passes it on. */
    watch: (next: (progress: Progress) => void) => (progress: Progress) => {
      seen.push(progress);
      next(progress);
    },
    /** @param bestRound null where the family has no rounds to choose from */
    finish(bestRound: number | null): CandidateHistory {
      const last = seen.at(-1);
      const stoppedEarly = bestRound !== null && last !== undefined && last.round < last.rounds;
      const kept = evenly(seen, bestRound);
      const metrics = Object.keys(last?.metrics ?? {});
      return {
        name,
        family,
        bestRound,
        stoppedEarly,
        rounds: metrics.length === 0 ? [] : kept.map(({ round }) => round),
        series: metrics.map((metric) => ({
          metric,
          // Boosting is measured on the validation rows; a linear model tells its own progress on what it fits.
          part: bestRound === null ? ('train' as const) : ('validation' as const),
          better: higherIsBetter.has(metric) ? ('higher' as const) : ('lower' as const),
          values: kept.map(({ metrics: figures }) => finite(figures[metric])),
        })),
      };
    },
  };
}

const finite = (value: number | undefined) => (Number.isFinite(value) ? value! : null);

/** First, last and best round, and others evenly between them. */
function evenly(seen: Progress[], bestRound: number | null): Progress[] {
  const step = Math.max(1, Math.ceil(seen.length / (mostPoints - 3)));
  return seen.filter(({ round }, index) => index % step === 0 || index === seen.length - 1 || round === bestRound);
}

/** `training_history.json` of a version: how all its candidates went. */
export function historyDocument(
  { now }: { now: Date },
  modelVersion: string,
  fits: { history: CandidateHistory }[],
): TrainingHistory {
  const candidates = fits.map(({ history }) => history);
  return { kind: 'training-history', schemaVersion: 1, modelVersion, createdAt: now.toISOString(), candidates };
}
