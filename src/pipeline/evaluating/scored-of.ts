import type { Bundle } from '../../models/bundle/bundle.js';
import { isOwn } from '../../models/bundle/outside-model.js';
import { mostProbable } from '../../models/metrics/class-scores.js';
import type { Matrix } from '../../models/table/matrix.js';
import { requireTrusted } from '../../platform/permissions/command-trust.js';
import { userPackages } from '../../platform/permissions/user-file.js';
import { openScorer } from '../../serving/scorers/open-scorer.js';
import type { ScorerPlace } from '../../serving/scorers/scorer.js';
import type { StageContext } from '../stage.js';
import { scoredBy, type Scored } from './evaluate.js';
import { selectColumns } from './parts.js';

/**
 * What a version says of rows that have its inputs, and maybe more columns. A model that others compute is started for
 * it, and ended.
 * @throws UntrustedCommand for a serving command that its user has not allowed here
 */
export async function scoredOf(context: Scoring, bundle: Bundle, matrix: Matrix): Promise<Scored> {
  const [scored] = await scoredAll(context, bundle, [matrix]);
  return scored!;
}

type Scoring = Pick<StageContext, 'project' | 'report' | 'signal'>;

/** The same of several tables, for which it is started once. */
export async function scoredAll(
  { project: { folder }, report, signal }: Scoring,
  bundle: Bundle,
  matrices: readonly Matrix[],
): Promise<Scored[]> {
  if (isOwn(bundle.model)) return matrices.map((matrix) => scoredBy(bundle, matrix));
  const names = bundle.inputs.map(({ name }) => name);
  const log = (text: string) => report.message('info', text);
  const scorer = await openScorer(bundle, outsidePlace({ folder, log, signal }));
  try {
    const all: Scored[] = [];
    for (const matrix of matrices)
      all.push(scoredFrom(bundle, await scorer.scores(selectColumns(matrix, names), signal), matrix.rows));
    return all;
  } finally {
    await scorer.close();
  }
}

/** Where a model of others runs: in the project's folder, as its user has allowed it. */
export const outsidePlace = (at: Pick<ScorerPlace, 'folder' | 'log' | 'signal'>): ScorerPlace => ({
  ...at,
  gaps: true,
  packages: userPackages(),
  mayRun: (command, what) => requireTrusted(at.folder, command, what),
});

/** Of several classes a row has the most probable one; none where a probability is missing. */
export function scoredFrom(
  { task, threshold, classes = [] }: Pick<Bundle, 'task' | 'threshold' | 'classes'>,
  outputs: Float64Array[],
  rows: number,
): Scored {
  if (task !== 'multiclass') return { scores: outputs[0]!, threshold };
  const known = (row: number) => outputs.every((column) => !Number.isNaN(column[row]!));
  const scores = Float64Array.from(mostProbable(outputs, rows), (place, row) => (known(row) ? place : NaN));
  return { scores, threshold, several: { classes, probabilities: outputs } };
}
