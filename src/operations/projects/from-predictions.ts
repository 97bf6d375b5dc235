import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { middleTime } from '../../data/middle-time.js';
import type { TableReading } from '../../data/said-table.js';
import { areCaptured, tableFilesOf, writeLabelled } from '../../data/labelled-table.js';
import { scoresAreOwn } from '../../data/named-scores.js';
import { predictionsTexts } from '../../project/from-table/predictions.js';
import {
  predictionsOf,
  type AskedPredictions,
  type Predictions,
  type Understood,
} from '../../project/from-table/predictions-of.js';
import { capturedPredictions, capturedWords, predictedNames } from '../../project/from-table/captured-columns.js';
import { affirmed, type Asked, type Table } from '../../project/from-table/roles.js';
import { makesFiles } from '../operation.js';
import { writeProject } from './write-project.js';
import { inspected, nameOf, rowsRepeat } from './from-table.js';

interface FromPredictions extends AskedPredictions, Pick<Asked, 'entity' | 'time' | 'positive' | 'task'> {
  /** The predictions, of which the project gets a copy: a table, a pattern, or a folder of them; or captured requests. */
  from: string;
  /** Where their labels lie, if not beside them. */
  labels?: string;
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
  understood: Understood[];
}

/** A project about predictions that are made elsewhere: the earlier ones are what the later ones are judged by. */
export const projectFromPredictions = makesFiles(
  'projects.from-predictions',
  async ({ progress }, { from, ...asked }: FromPredictions): Promise<FromPredictionsMade> => {
    const scratch = await mkdtemp(join(tmpdir(), 'mlops-predictions-'));
    try {
      const files = await tableFilesOf(from);
      const captured = await areCaptured(files);
      const words = captured ? { ...capturedWords, ...given(asked) } : asked;
      const one = files.length === 1 && !captured && asked.labels === undefined ? files[0]! : undefined;
      const table = one ?? join(scratch, `${nameOf(basename(resolve(from)))}.parquet`);
      const labels =
        asked.labels === undefined
          ? undefined
          : {
              files: await tableFilesOf(asked.labels),
              label: asked.label,
              others: [asked.entity, asked.time].filter((name) => name !== undefined),
            };
      const label = one === undefined ? await writeLabelled(files, labels, table, asked.reading) : undefined;
      // What was put together holds its values as they are.
      const reading = one === undefined ? undefined : asked.reading;
      return await projectOf(progress, table, { ...words, reading, label: label ?? asked.label }, captured);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  },
);

/** What was asked for, without what was not. */
const given = <Words extends object>(words: Words): Words =>
  Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Words;

async function projectOf(
  progress: (text: string) => void,
  from: string,
  { dir, label, referenceUntil, look = false, reading: said = {}, ...asked }: Omit<FromPredictions, 'from'>,
  captured: boolean,
): Promise<FromPredictionsMade> {
  const file = basename(from);
  const name = nameOf(file);
  const { table, reading } = await inspected(from, said, progress);
  const words = captured ? { ...asked, ...capturedPredictions(table, asked, label) } : asked;
  const missing = Object.entries({ score: words.score?.[0] ?? words.class, label, time: words.time }).find(
    ([, value]) => value === undefined,
  )?.[0];
  if (missing !== undefined)
    throw new InputError(
      captured
        ? 'init --predictions: found captured requests without labels, expected them too: --labels FILE'
        : `init --predictions: found no --${missing}, expected the column of it: --score p --label y --time t`,
    );
  const predictions = await withOwnScores(from, table, predictionsOf(table, { ...words, label: label! }), captured);
  const { roles } = predictions;
  roles.repeats = await rowsRepeat(from, roles, reading);
  const time = roles.time!;
  const reference = referenceUntil ?? (await middleTime(from, time.from ?? time.name, reading));
  const folder = resolve(dir ?? name);
  const texts = predictionsTexts(name, file, table, predictions, { from: reference, reading });
  const files = look ? [] : await writeProject(folder, from, texts);
  return { folder, files, task: roles.task, reference, understood: predictions.understood };
}

/** Where captured answers name a class, the score beside it may be that class's own. */
async function withOwnScores(
  from: string,
  table: Table,
  predictions: Predictions,
  captured: boolean,
): Promise<Predictions> {
  const { score, roles } = predictions;
  const column = captured && roles.task === 'binary' ? predictedNames(table) : undefined;
  if (column === undefined || score === undefined) return predictions;
  const names = column.values.map(({ value }) => value);
  const positive = names.find((name) => name === roles.positive) ?? affirmed(names);
  if (positive === undefined)
    throw new InputError(
      `--predictions: found answers that name the classes ${names.join(', ')}, expected labels by these names, or answers that say yes and no`,
    );
  const own = await scoresAreOwn(from, { score: score.name, predicted: column.name, positive });
  if (!own) return predictions;
  const said = `${score.name} is that of the predicted class, and turned round in features.sql where that is not "${positive}"`;
  return { ...predictions, beside: { column, positive }, understood: [...predictions.understood, { text: said }] };
}
