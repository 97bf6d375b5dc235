import { InputError, NoSuchObject } from '../../common/errors.js';
import { isThere } from '../../common/files.js';
import { worst } from '../../documents/gates/verdict.js';
import { mustHaveVersion } from '../../pipeline/batches/judging-version.js';
import { labelsStage, type LabelsToAdd, type LabelsTold } from '../../pipeline/batches/labels-stage.js';
import { listBatches } from '../../pipeline/batches/stored-batches.js';
import { answer } from '../answer.js';
import { runAside, type Emit } from '../batches/run-aside.js';
import { changes } from '../operation.js';

export interface LabelsWish extends Omit<LabelsToAdd, 'modelVersion'> {
  emit: Emit;
}

/**
 * Gives rows of batches the labels that came later, by record id, inference id, or entity and time, and judges those
 * batches again.
 */
export const addLabels = changes(
  'labels.add',
  {
    purpose: ({ path }: LabelsWish) => `add the labels of ${path}`,
    withoutLease: 'the run takes it itself, under its own id, by which windows find it again',
    check: async (_, { path }) => {
      if (!(await isThere(path))) throw new NoSuchObject(`labels: found no file ${path}, expected a table`, path);
    },
  },
  async (at, { emit, ...wish }) => {
    if ((await listBatches(at.environment)).length === 0)
      throw new InputError('labels: found no batch that they could belong to; judge one first: mlops judge FILE');
    let told: LabelsTold | undefined;
    const modelVersion = await mustHaveVersion(at, undefined);
    const stage = labelsStage({ ...wish, modelVersion }, (one) => {
      told = one;
    });
    const results = await runAside(at, stage, emit);
    const { added, ...counts } = told!;
    return answer('labels-added', {
      ...counts,
      batches: added.map(({ batch, ...count }) => ({
        ...{ id: batch.id, name: batch.name, rows: batch.rows, labelled: batch.labelled },
        ...count,
      })),
      verdict: results.length === 0 ? null : worst(results.map(({ verdict }) => verdict)),
      results,
    });
  },
);
