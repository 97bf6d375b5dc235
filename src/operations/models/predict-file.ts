import { InputError } from '../../common/errors.js';
import { untilAborted } from '../../common/until-aborted.js';
import { readingBeside } from '../../pipeline/batches/given-batch.js';
import { mustHaveVersion } from '../../pipeline/batches/judging-version.js';
import { readVersion } from '../../pipeline/evaluating/read-version.js';
import { predictFile, type FileToScore } from '../../pipeline/scoring/predict-file.js';
import { outsidePlace } from '../../pipeline/evaluating/scored-of.js';
import { asksEndpoint, predictsElsewhere } from '../../project/elsewhere.js';
import { answer } from '../answer.js';
import type { At, Reading } from '../operation.js';

export interface PredictWish extends FileToScore {
  /** Default: the version that is served. */
  modelVersion?: string;
}

async function predictTable(at: At, { modelVersion, ...asked }: PredictWish) {
  if (predictsElsewhere(at.project.file) && !asksEndpoint(at.project.file))
    throw new InputError('predict: found a project whose predictions are made elsewhere, expected one with a model');
  const { bundle, version } = await untilAborted(at.signal, async () =>
    readVersion(at.environment, await mustHaveVersion(at, modelVersion)),
  );
  const wish = { ...asked, reading: { ...readingBeside(at.project.file.sources), ...asked.reading } };
  const scored = await predictFile(bundle, wish, {
    ...{ signal: at.signal, say: at.progress },
    outside: outsidePlace({ folder: at.project.folder, log: at.progress, signal: at.signal }),
  });
  return answer('scored-file', { file: wish.file, out: wish.out, modelVersion: version, ...scored });
}

/**
 * Scores a table file of this machine with a registered version. Once it writes it is waited for when it is cancelled, for
 * the half of a file that it leaves would be nobody's.
 */
export const predictTableFile: Reading<PredictWish, Awaited<ReturnType<typeof predictTable>>> = {
  id: 'models.predict-file',
  kind: 'read',
  run: predictTable,
};
