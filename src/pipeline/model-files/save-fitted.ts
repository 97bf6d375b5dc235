import type { Bundle } from '../../models/bundle/bundle.js';
import type { Family } from './families.js';
import type { Fitted } from './fit.js';
import { asksForBundle, writeBundle, writeTrees } from './model-file.js';
import type { TrainingTable } from './read-training.js';
import { wordsOf } from '../../models/table/columns.js';

/** Writes trees alone where they say all, else a bundle; returns whether it is one. */
export async function saveFitted(
  out: string,
  { model, task, preprocessing }: Fitted,
  training: TrainingTable,
  family: Family,
  target: string,
): Promise<boolean> {
  const { matrix, classes, others } = training;
  const alone = model.kind === 'trees' && preprocessing.length === 0 && classes === null;
  if (alone && !(await asksForBundle(out))) {
    await writeTrees(out, model);
    return false;
  }
  const bundle: Bundle = {
    ...{ kind: 'model-bundle', schemaVersion: 1, task, family, preprocessing, model, threshold: null },
    inputs: matrix.columns.map((name) => ({ name, type: wordsOf(matrix, name) ? 'category' : 'number' })),
    ...(classes ? { classes } : {}),
    // What a table to predict may hold besides the inputs.
    metadata: { target, other_columns: others },
  };
  await writeBundle(out, bundle);
  return true;
}
