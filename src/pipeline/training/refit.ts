import { score } from '../../models/bundle/score.js';
import { groupFolds, labelFolds, type Fold } from '../../models/search/folds.js';
import type { StageContext } from '../stage.js';
import { chooseFrom, type FittedCandidate } from '../candidates/candidate.js';
import { withBestRounds } from '../candidates/families.js';
import { occurringClasses } from '../evaluating/classes.js';
import { judge, type JudgedSplit } from '../evaluating/evaluate.js';
import { joinParts, selectColumns, type Part } from '../evaluating/parts.js';
import { rowsOf } from './learner-rows.js';
import { openWorkers } from '../workers/pool.js';
import { rowsAt, shared, type Rows } from '../workers/shared-memory.js';

/** A fitted candidate with its figures by split. */
export interface Tried {
  fitted: FittedCandidate;
  judged: Record<string, JudgedSplit>;
  /** What it was fitted on, where that is more than the training rows. */
  rows?: Part;
}

const foldCount = 5;
const seed = 42;

/**
 * Fits the chosen candidate anew on training and validation rows, with the rounds that were found: rows that only stopped
 * it teach it as well. Its threshold is chosen by out-of-fold scores of all these rows. Its figures on the validation
 * rows stay those of the fit that had not seen them. Without `model.refit`, and of a program's model, nothing changes.
 */
export async function refit(
  context: StageContext,
  found: Tried,
  { fit, validation, parts }: { fit: Part; validation: Part; parts: { split: string; part: Part }[] },
): Promise<Tried> {
  const { model } = context.project.file;
  const { settled, training } = found.fitted;
  if (model.refit !== true || settled === undefined || validation.matrix.rows === 0) return found;
  const candidate = training.bestIteration === undefined ? settled : withBestRounds(settled, training.bestIteration);
  const pool = joinParts([fit, validation]);
  const cells = pool.matrix.rows * pool.matrix.columns.length;
  const workers = openWorkers({ all: cells * (foldCount + 1), one: cells }, context.signal);
  const classes = model.task === 'multiclass' ? occurringClasses(pool) : undefined;
  const rows = rowsOf(pool, classes);
  const fitOn = (part: typeof rows) =>
    workers.run({ kind: 'fit-candidate', model, classes, candidate, fit: part, validation: undefined });
  try {
    const [whole, scores] = await Promise.all([fitOn(rows), outOfFold(context, pool, rows, fitOn)]);
    const { bundle } = whole;
    bundle.threshold = found.fitted.bundle.threshold;
    bundle.metadata.target_recall = found.fitted.bundle.metadata.target_recall;
    const unseen = { target: pool.target, scores: () => scores! };
    const reason =
      scores === null ? found.fitted.thresholdReason : chooseFrom(model, bundle, unseen, 'out-of-fold scores');
    const told = { rows: pool.matrix.rows, rounds: training.bestIteration ?? null };
    const fitted = {
      ...{ ...found.fitted, bundle, thresholdReason: reason },
      training: { ...whole.training, ...training, refit: told },
    };
    const judged = parts
      .filter(({ split }) => split !== 'validation')
      .map(({ split, part }) => [split, judge(bundle, part)] as const);
    return { fitted, judged: { ...found.judged, ...Object.fromEntries(judged) }, rows: pool };
  } finally {
    await workers.close();
  }
}

/** Each row's score by a model that was fitted without it; null where no threshold is to be chosen, or rows are too few. */
async function outOfFold(
  { project }: StageContext,
  pool: Part,
  rows: Rows,
  fitOn: (part: Rows) => Promise<FittedCandidate>,
): Promise<Float64Array | null> {
  const { task, threshold } = project.file.model;
  if (task !== 'binary' || threshold === undefined) return null;
  const positives = pool.target.reduce((sum, label) => sum + label, 0);
  if (Math.min(positives, pool.target.length - positives) < foldCount) return null;
  const scores = new Float64Array(pool.target.length);
  const judgeFold = async ({ train, test }: Fold) => {
    const { bundle } = await fitOn(shared(rowsAt(rows, train)));
    const inputs = bundle.inputs.map(({ name }) => name);
    const found = score(bundle, selectColumns(rowsAt(rows, test).matrix, inputs));
    test.forEach((row, at) => (scores[row] = found[at]!));
  };
  await Promise.all(foldsOf(pool).map(judgeFold));
  return scores;
}

/** Rows of one entity stay together. */
function foldsOf({ entities, target }: Part): Fold[] {
  const distinct = new Set(entities).size;
  if (distinct === entities.length || distinct < foldCount) return labelFolds(target, foldCount, seed);
  return groupFolds(entities, foldCount, seed);
}
