import type { ColumnDrift } from '../../documents/monitoring.js';
import { learnedBy } from '../training/learned-entities.js';
import { judge, scoredBy, type Judged, type Scored } from '../evaluating/evaluate.js';
import { groupName, filterPart, labelledRows, type Part } from '../evaluating/parts.js';
import { loadPart, recordIdsOf } from '../features/read-groups.js';
import type { ReadVersion } from '../evaluating/read-version.js';
import type { StageContext } from '../stage.js';
import { driftTable } from '../evaluating/drift-table.js';

export interface ProductionJudgement {
  group: string;
  /** The rows that quality is judged on: those with a label. */
  part: Part;
  /** Rows that drift and nulls look at as well, without a label yet. */
  unlabelled: number;
  /** How many of the rows, labelled or not, are rows of the test set; of how many. */
  testRows: { count: number; of: number };
  /** These rows, scored. */
  waiting: { part: Part } & Scored;
  judged: Judged;
  columns: ColumnDrift[];
}

/**
 * Judges the production rows that the version never learned from: every input of all of them against its baseline, and
 * the predictions of those that have a label. What has no label yet may well be what has drifted.
 */
export async function judgeProduction(context: StageContext, version: ReadVersion): Promise<ProductionJudgement> {
  const { file } = context.project;
  const production = await loadPart(context, 'production', 'all');
  const seen = await learnedBy(context, version.version);
  const unseen = filterPart(production, (row) => !seen(production.entities[row]!));
  const part = labelledRows(unseen);
  const waiting = filterPart(unseen, (row) => Number.isNaN(unseen.target[row]!));
  const test = await recordIdsOf(context, 'test');
  const left = production.matrix.rows - unseen.matrix.rows;
  if (left > 0) {
    context.report.message('info', `${left} rows are left out: ${version.version} learned from them`);
  }
  return {
    group: groupName(file.name, 'production'),
    part,
    unlabelled: part.unlabelled,
    testRows: { count: unseen.recordIds.filter((id) => test.has(id)).length, of: unseen.recordIds.length },
    waiting: { part: waiting, ...scoredBy(version.bundle, waiting.matrix) },
    judged: judge(version.bundle, part),
    columns: driftTable(version, unseen),
  };
}
