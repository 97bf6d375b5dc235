import type { ColumnDrift } from '../../documents/monitoring.js';
import { learningHalf, productionHalf } from '../training/halves.js';
import { judge, type Judged } from '../training/evaluate.js';
import { groupName, filterPart, type Part } from '../training/parts.js';
import { loadPart } from '../training/groups.js';
import { modelGroup } from '../training/version.js';
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
  const registered = await context.environment.registry.get(modelGroup(file.name), version.version);
  const learned = registered?.metadata.learned_half === String(learningHalf);
  const part = learned
    ? filterPart(production, (row) => productionHalf(production.entities[row]!) !== learningHalf)
    : production;
  return {
    group: groupName(file.name, 'production'),
    part,
    judged: judge(version.bundle, part),
    columns: driftTable(version, part),
  };
}
