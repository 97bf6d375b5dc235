import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { type ModelMonitorStatistics, modelMonitorStatisticsSchema } from '../../documents/model-monitor/statistics.js';
import { comparedStatistics } from '../../drift/model-monitor/stability.js';
import { importance } from '../../models/trees/importance.js';
import { compareTables, type Comparison } from '../../pipeline/drift/compare-tables.js';
import { readModelFile } from '../../pipeline/model-files/model-file.js';
import { readsFiles } from '../operation.js';

interface TablesToCompare extends Omit<Comparison, 'importance' | 'now'> {
  /** A model of trees: drift of what it does not look at matters less. */
  model?: string;
}

/** Two tables compared column by column. */
export const compareTableFiles = readsFiles(
  'tables.compare',
  async ({ signal, progress }, { model, ...comparison }: TablesToCompare) =>
    compareTables({
      ...comparison,
      importance: model === undefined ? undefined : await gainsOf(model),
      say: progress,
      now: new Date(),
      signal,
    }),
);

/** Two files of Model Monitor's statistics, by what they hold, as they have no rows; undefined when they are tables. */
export const compareStatistics = readsFiles(
  'tables.compare-statistics',
  async (_at, { reference, current }: Record<'reference' | 'current', string>) => {
    const [before, after] = await Promise.all([statisticsIn(reference), statisticsIn(current)]);
    if (!before || !after) return undefined;
    const named = (file: string, document: ModelMonitorStatistics) => ({ name: basename(file), document });
    return comparedStatistics(named(reference, before), named(current, after), new Date());
  },
);

/** A table in JSON is no object with a count of items and features. */
async function statisticsIn(file: string): Promise<ModelMonitorStatistics | undefined> {
  if (!file.endsWith('.json')) return undefined;
  try {
    return modelMonitorStatisticsSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch {
    // Whatever is wrong with it is said where it is read as a table.
    return undefined;
  }
}

/** Gain by feature. */
async function gainsOf(file: string): Promise<Map<string, number>> {
  const { model } = await readModelFile(file);
  if (model.kind === 'linear') throw new InputError(`--importance: ${file} is linear, expected a model of trees`);
  const { gain } = importance(model);
  return new Map(model.featureNames.map((name, at) => [name, gain[at]!]));
}
