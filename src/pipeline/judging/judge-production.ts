import type { ColumnDrift } from '../../documents/monitoring.js';
import { learnedBy } from '../training/learned-entities.js';
import { judge, type Judged } from '../training/evaluate.js';
import { groupName, filterPart, type Part } from '../training/parts.js';
import { loadPart } from '../training/groups.js';
import type { ReadVersion } from '../training/read-version.js';
import type { StageContext } from '../stage.js';
import { driftTable } from './drift-table.js';

export interface ProductionJudgement {
  group: string;
  part: Part;
  judged: Judged;
  columns: ColumnDrift[];
}

/** Scores the production rows that the version never learned from, and compares every input with its baseline. */
export async function judgeProduction(context: StageContext, version: ReadVersion): Promise<ProductionJudgement> {
  const { file } = context.project;
  const production = await loadPart(context, 'production');
  const seen = await learnedBy(context.environment, version.version);
  const part = filterPart(production, (row) => !seen(production.entities[row]!));
  const left = production.matrix.rows - part.matrix.rows;
  if (left > 0) {
    context.report.message('info', `${left} rows are left out: ${version.version} learned from them`);
  }
  return {
    group: groupName(file.name, 'production'),
    part,
    judged: judge(version.bundle, part),
    columns: driftTable(version, part),
  };
}
