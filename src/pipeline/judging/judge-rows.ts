import { keys } from '../../documents/keys.js';
import type { Batch } from '../../documents/batch.js';
import type { ColumnDrift, MonitoringResults } from '../../documents/monitoring.js';
import { classDrift } from '../evaluating/class-drift.js';
import { performanceEstimatorSchema, type EstimatedFigure } from '../../documents/performance-estimator.js';
import { estimatesOf } from '../evaluating/estimator.js';
import { driftTable } from '../evaluating/drift-table.js';
import { judgeScored, pickScored, type Judged, type Scored } from '../evaluating/evaluate.js';
import { withUnscored } from '../evaluating/unscored.js';
import { scoredOf } from '../evaluating/scored-of.js';
import { filterPart, type Part } from '../evaluating/parts.js';
import type { ReadVersion } from '../evaluating/read-version.js';
import { recordIdsOf, type RecordFiles } from '../features/read-groups.js';
import { driftReference } from '../reference/drift-reference.js';
import type { StageContext } from '../stage.js';
import { readDocument } from '../store.js';

export interface Judgement {
  /** What the rows are called: a feature group, or a batch. */
  group: string;
  /** Where all their columns are. */
  records: RecordFiles;
  /** The rows that quality is judged on: those with a label. */
  part: Part;
  /** Rows that drift and nulls look at as well, without a label yet. */
  unlabelled: number;
  /** Rows that the version has no score for: it needs a value that is missing, or the endpoint gave none. */
  unscored: number;
  /** How many of the rows, labelled or not, are rows of the test set; of how many. */
  testRows: { count: number; of: number };
  /** These rows, scored. */
  waiting: { part: Part } & Scored;
  /** What their figures are estimated to be; undefined: all rows have a label, or the version cannot tell. */
  estimates: Record<string, EstimatedFigure> | undefined;
  judged: Judged;
  columns: ColumnDrift[];
  /** What drift was compared with, where that is not the version's own baseline. */
  driftReference?: MonitoringResults['driftReference'];
}

/**
 * Judges rows that a version never learned from: the inputs of all of them, and the predictions of those with a label. A
 * row that the version has no score for, because it needs a value that is missing, counts for drift and nulls alone.
 */
export async function judgeRows(
  context: StageContext,
  version: ReadVersion,
  unseen: Part,
  from: Pick<Judgement, 'group' | 'records'> & { batch?: Batch },
): Promise<Judgement> {
  const { reference, told } = await driftReference(context, version, from);
  const scored = await scoredOf(context, version.bundle, unseen.matrix);
  const { scores } = scored;
  const counts = (row: number) => !Number.isNaN(unseen.target[row]!) && !Number.isNaN(scores[row]!);
  const part = { ...filterPart(unseen, counts), unlabelled: unseen.target.filter(Number.isNaN).length };
  const unscored = scores.filter(Number.isNaN).length;
  const columns = [
    ...driftTable({ ...version, ...(reference && { dataBaseline: reference.statistics }) }, unseen),
    ...classDrift(version, context.project.file.model.target, unseen, scored, reference?.shares),
  ];
  const { batch, ...place } = from;
  // Rows that are named by their places have the names of others.
  const test = batch?.numbered ? new Set<string>() : await recordIdsOf(context, 'test');
  const unlabelled = (row: number) => Number.isNaN(unseen.target[row]!);
  return {
    ...place,
    part,
    unlabelled: part.unlabelled,
    unscored,
    testRows: { count: unseen.recordIds.filter((id) => test.has(id)).length, of: unseen.recordIds.length },
    waiting: {
      part: filterPart(unseen, (row) => !counts(row)),
      ...pickScored(scored, (values) => values.filter((_, row) => !counts(row))),
    },
    estimates: await estimatesFor(context, version, {
      part: filterPart(unseen, unlabelled),
      ...pickScored(scored, (values) => values.filter((_, row) => unlabelled(row))),
    }),
    judged: judgeScored(
      version.bundle.task,
      part,
      pickScored(scored, (values) => values.filter((_, row) => counts(row))),
    ),
    columns: withUnscored(columns, version.bundle, scores, unseen.matrix.columns),
    ...(told && { driftReference: told }),
  };
}

/** Read only where it is needed: of a regression it is as large as a model. */
async function estimatesFor(
  { environment }: StageContext,
  { version, bundle }: ReadVersion,
  waiting: { part: Part } & Scored,
): Promise<Judgement['estimates']> {
  if (waiting.scores.length === 0) return undefined;
  const key = keys.performanceEstimator(version);
  const estimator = await readDocument(environment.objects, key, performanceEstimatorSchema);
  return estimator && estimatesOf(estimator, bundle, waiting);
}
