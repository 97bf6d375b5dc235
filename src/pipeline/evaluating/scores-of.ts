import type { Bundle } from '../../models/bundle/bundle.js';
import { isOwn } from '../../models/bundle/outside-model.js';
import { scores } from '../../models/bundle/score.js';
import type { Matrix } from '../../models/table/matrix.js';
import { requireTrusted } from '../../platform/permissions/command-trust.js';
import { userPackages } from '../../platform/permissions/user-file.js';
import { openScorer } from '../../serving/scorers/open-scorer.js';
import type { StageContext } from '../stage.js';
import { selectColumns } from './parts.js';

export type ScoringContext = Pick<StageContext, 'signal'> & {
  project: { folder: string };
  report: Pick<StageContext['report'], 'message'>;
};

/**
 * What a version says of rows that have its inputs, and maybe more columns: one array an output. A model that others
 * compute is started for it, and ended.
 * @throws UntrustedCommand for a serving command that its user has not allowed here
 */
export async function scoresOf(context: ScoringContext, bundle: Bundle, matrix: Matrix): Promise<Float64Array[]> {
  const inputs = selectColumns(
    matrix,
    bundle.inputs.map(({ name }) => name),
  );
  if (isOwn(bundle.model)) return scores(bundle, inputs);
  const { folder } = context.project;
  const scorer = await openScorer(bundle, {
    folder,
    packages: userPackages(),
    mayRun: (command, what) => requireTrusted(folder, command, what),
    log: (text) => context.report.message('info', text),
    signal: context.signal,
  });
  try {
    return await scorer.scores(inputs, context.signal);
  } finally {
    await scorer.close();
  }
}
