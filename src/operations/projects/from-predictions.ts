import { basename, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { middleTime } from '../../data/middle-time.js';
import type { TableReading } from '../../data/said-table.js';
import { predictionsTexts } from '../../project/from-table/predictions.js';
import { withFreeNames } from '../../project/from-table/free-names.js';
import { rolesOf } from '../../project/from-table/roles.js';
import { makesFiles } from '../operation.js';
import { writeProject } from './write-project.js';
import { inspected, nameOf, rowsRepeat } from './from-table.js';

interface FromPredictions {
  /** The table of predictions, of which the project gets a copy. */
  from: string;
  dir?: string;
  score?: string;
  label?: string;
  time?: string;
  entity?: string;
  positive?: string;
  /** The first day that is judged; default: half of the rows lie before it. */
  referenceUntil?: string;
  /** What the table leaves open. */
  reading?: Omit<TableReading, 'format' | 'say'>;
}

/** A project about predictions that are made elsewhere: the earlier ones are what the later ones are judged by. */
export const projectFromPredictions = makesFiles(
  'projects.from-predictions',
  async ({ progress }, { from, dir, score, label, referenceUntil, reading: said = {}, ...asked }: FromPredictions) => {
    const missing = Object.entries({ score, label, time: asked.time }).find(([, value]) => value === undefined)?.[0];
    if (missing !== undefined)
      throw new InputError(
        `init --predictions: found no --${missing}, expected the column of it: --score p --label y --time t`,
      );
    const file = basename(from);
    const name = nameOf(file);
    const { table, reading } = await inspected(from, said, progress);
    const found = rolesOf(table, { ...asked, target: label! });
    found.repeats = await rowsRepeat(from, found, reading);
    const roles = withFreeNames(found);
    for (const renamed of roles.warnings.slice(found.warnings.length)) progress(renamed);
    if (roles.task !== 'binary' && roles.task !== 'regression')
      throw new InputError(`--label: found several classes in column ${label}, expected two classes or a number`);
    const time = roles.time!;
    if (time.kind !== 'time') throw new InputError(`--time: found no times in column ${time.name}, expected dates`);
    const scored = roles.numbers.find(({ name: own, from: read = own }) => read === score);
    if (scored === undefined) {
      const numbers = found.numbers.map((column) => column.name);
      throw new InputError(`--score: found no numbers in column "${score}", expected ${oneOf(score, numbers)}`);
    }
    const until = referenceUntil ?? (await middleTime(from, time.from ?? time.name, reading));
    const { mlops, sql } = predictionsTexts(name, file, table, roles, { score: scored.name, from: until, reading });
    const folder = resolve(dir ?? name);
    return { folder, files: await writeProject(folder, from, { mlops, sql }), task: roles.task, reference: until };
  },
);
