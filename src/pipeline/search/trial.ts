import { ownModel } from '../../models/bundle/outside-model.js';
import { meanOfFolds, scoresOf } from '../../models/search/score.js';
import type { Fold } from '../../models/search/folds.js';
import { predict } from '../../models/predict.js';
import { applyPreprocessing } from '../../models/preprocessing/apply.js';
import type { TrainingHooks } from '../../models/progress.js';
import type { Task } from '../../models/task.js';
import type { Candidate, ProjectFile } from '../../project/schema.js';
import { prepared } from '../candidates/prepared.js';
import { fitFamily, roundsOf, withRounds } from '../candidates/families.js';
import { rowsAt, type Rows } from '../workers/shared-memory.js';

/** One setting, to be judged on folds. Rows and folds lie in shared memory. */
export interface TrialRequest {
  id: number;
  task: Task;
  fill: Record<string, number>;
  encode?: ProjectFile['model']['encode'];
  /** With the trial's own parameters. */
  candidate: Candidate;
  /** The candidate's columns. */
  rows: Rows;
  folds: Fold[];
  metric: string;
  /** Halving: the share of the rounds or of the rows to fit with; 1 for all. */
  share: number;
  resource: 'rounds' | 'rows';
}

export interface TrialOutcome {
  foldScores: (number | null)[];
  /** The mean over the folds of each figure that came with the score. */
  figures: Record<string, number | null>;
  /** The mean over the folds of the rounds kept; null where the family has none. */
  rounds: number | null;
}

/** Fits a setting on each fold's training rows and judges it on the others, which also stop boosting early. */
export async function runTrial(trial: TrialRequest, hooks: TrainingHooks): Promise<TrialOutcome> {
  const folds: Record<string, number | null>[] = [];
  const rounds: number[] = [];
  for (const fold of trial.folds) {
    const { scores, rounds: kept } = await judgeFold(trial, fold, hooks);
    folds.push(scores);
    if (kept !== null) rounds.push(kept);
  }
  const mean = rounds.reduce((sum, value) => sum + value, 0) / rounds.length;
  const of = (name: string) => folds.map((scores) => scores[name] ?? null);
  const names = Object.keys(folds[0] ?? {});
  const figures = Object.fromEntries(names.map((name) => [name, meanOfFolds(of(name)).score]));
  return { foldScores: of(trial.metric), figures, rounds: rounds.length === 0 ? null : mean };
}

async function judgeFold(trial: TrialRequest, fold: Fold, hooks: TrainingHooks) {
  const { task, rows, metric, share, resource } = trial;
  const fewer = share < 1 && resource === 'rounds';
  const candidate = fewer ? withRounds(trial.candidate, share) : trial.candidate;
  const fit = rowsAt(rows, share < 1 && resource === 'rows' ? thinned(fold.train, share) : fold.train);
  const test = rowsAt(rows, fold.test);
  const { preprocessing, training: rowsToFit, parameters } = prepared(trial, candidate, fit);
  const judged = { matrix: applyPreprocessing(preprocessing, test.matrix), target: test.target };
  const { model, training } = await fitFamily(task, { ...candidate, parameters }, rowsToFit, judged, hooks);
  const scores = scoresOf(task, metric, judged.target, predict(ownModel({ model }), judged.matrix));
  return { scores, rounds: training.bestIteration ?? roundsOf(candidate) };
}

/** A share of the rows, evenly chosen, so that their order keeps its meaning. */
function thinned(rows: Int32Array, share: number): Int32Array {
  const count = Math.max(1, Math.round(rows.length * share));
  return Int32Array.from({ length: count }, (_, place) => rows[Math.floor((place * rows.length) / count)]!);
}
