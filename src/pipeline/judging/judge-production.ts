import { learnedFrom } from '../training/learned-from.js';
import { groupName, filterPart } from '../evaluating/parts.js';
import { groupFiles, loadPart } from '../features/read-groups.js';
import type { ReadVersion } from '../evaluating/read-version.js';
import type { StageContext } from '../stage.js';
import { judgeRows, type Judgement } from './judge-rows.js';

/**
 * Judges the production rows that the version never learned from: every input of all of them against its baseline, and
 * the predictions of those that have a label. What has no label yet may well be what has drifted.
 */
export async function judgeProduction(context: StageContext, version: ReadVersion): Promise<Judgement> {
  const { file } = context.project;
  const production = await loadPart(context, 'production', 'all', version.bundle.inputs);
  const seen = await learnedFrom(context, version.version, production);
  const unseen = filterPart(production, (row) => !seen(row));
  const left = production.matrix.rows - unseen.matrix.rows;
  if (left > 0) {
    context.report.message('info', `${left} rows are left out: ${version.version} learned from them`);
  }
  const group = groupName(file.name, 'production');
  return judgeRows(context, version, unseen, { group, records: await groupFiles(context, group) });
}
