import type { FittedCandidate } from '../candidates/candidate.js';
import { selectColumns, type Part } from '../evaluating/parts.js';
import type { StageContext } from '../stage.js';
import { writeChannels } from './channels.js';
import { madeModel } from './made-model.js';
import { programText, runProgram } from './run-program.js';

/** What the program's candidate is called, beside those of `model.candidates`. */
export const programName = 'own-program';

/**
 * Lets the project's own program train by SageMaker's contract and makes its model a candidate, still without a
 * threshold: scored, gated and registered like any other. undefined where the project has none. Its test rows are for the
 * program's own figures.
 * @throws UntrustedCommand; BrokenError with its last lines when it fails; InputError for a model that cannot be used
 */
export async function trainByProgram(
  context: StageContext,
  parts: { train: Part; validation: Part; test: Part },
): Promise<FittedCandidate | undefined> {
  const { file } = context.project;
  const { train } = file;
  if (train === undefined) return undefined;
  const { format } = train;
  const asked = { ...train, stage: 'train' as const, channels: Object.keys(parts) };
  let columns: string[] = [];
  const layout = await runProgram(context, {
    ...asked,
    fill: async ({ channel }) => {
      columns = await writeChannels(context, parts, { folderOf: channel, format });
    },
  });
  const { matrix } = parts.train;
  // In the program's own order: whoever answers for its model is given rows as it was.
  const seen = selectColumns(
    matrix,
    columns.filter((name) => matrix.columns.includes(name)),
  );
  const bundle = await madeModel(layout.model, { file, matrix: seen, what: programText(asked) });
  const { family } = bundle;
  const history = { name: programName, family, bestRound: null, stoppedEarly: false, rounds: [], series: [] };
  const inputs = bundle.inputs.map(({ name }) => name);
  return { name: programName, family, columns: inputs, bundle, thresholdReason: null, training: {}, history };
}
