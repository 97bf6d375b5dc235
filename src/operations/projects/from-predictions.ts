import { basename, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { middleTime } from '../../data/middle-time.js';
import type { TableReading } from '../../data/said-table.js';
import { predictionsTexts } from '../../project/from-table/predictions.js';
import { predictionsOf, type AskedPredictions, type Predictions } from '../../project/from-table/predictions-of.js';
import type { Asked } from '../../project/from-table/roles.js';
import { makesFiles } from '../operation.js';
import { writeProject } from './write-project.js';
import { inspected, nameOf, rowsRepeat } from './from-table.js';

interface FromPredictions extends AskedPredictions, Pick<Asked, 'entity' | 'time' | 'positive' | 'task'> {
  /** The table of predictions, of which the project gets a copy. */
  from: string;
  dir?: string;
  label?: string;
  /** The first day that is judged; default: half of the rows lie before it. */
  referenceUntil?: string;
  /** What the table leaves open. */
  reading?: Omit<TableReading, 'format' | 'say'>;
  /** Only says what is understood, and makes nothing. */
  look?: boolean;
}

interface FromPredictionsMade {
  folder: string;
  /** None where it was only looked at. */
  files: string[];
  task: Predictions['roles']['task'];
  reference: string;
  /** What was understood, a line each, for a person to check. */
  understood: string[];
}

/** A project about predictions that are made elsewhere: the earlier ones are what the later ones are judged by. */
export const projectFromPredictions = makesFiles(
  'projects.from-predictions',
  async (
    { progress },
    { from, dir, label, referenceUntil, look = false, reading: said = {}, ...asked }: FromPredictions,
  ): Promise<FromPredictionsMade> => {
    const score = asked.score?.[0] ?? asked.class;
    const missing = Object.entries({ score, label, time: asked.time }).find(([, value]) => value === undefined)?.[0];
    if (missing !== undefined)
      throw new InputError(
        `init --predictions: found no --${missing}, expected the column of it: --score p --label y --time t`,
      );
    const file = basename(from);
    const name = nameOf(file);
    const { table, reading } = await inspected(from, said, progress);
    const predictions = predictionsOf(table, { ...asked, label: label! });
    const { roles } = predictions;
    roles.repeats = await rowsRepeat(from, roles, reading);
    const time = roles.time!;
    const reference = referenceUntil ?? (await middleTime(from, time.from ?? time.name, reading));
    const folder = resolve(dir ?? name);
    const texts = predictionsTexts(name, file, table, predictions, { from: reference, reading });
    const files = look ? [] : await writeProject(folder, from, texts);
    return { folder, files, task: roles.task, reference, understood: predictions.understood };
  },
);
