import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLightGbm } from '../../src/models/lightgbm-text/read-model.js';
import { contributions } from '../../src/models/explain/contributions.js';
import { predict } from '../../src/models/predict.js';
import { importance } from '../../src/models/trees/importance.js';
import { leafIndices } from '../../src/models/trees/predict-trees.js';
import type { At } from '../../src/operations/operation.js';
import { evaluateGates } from '../../src/operations/gates/evaluate.js';
import { openLocal } from '../../src/platform/local/index.js';
import { loadProject } from '../../src/project/load.js';
import { smallModel } from '../unit/models/support/small-model.js';
import type { Target } from './fuzz.js';

const memory = () => process.memoryUsage.rss();

/** Values at the ends of what a column can hold. */
const values = [0, 1, -1, NaN, Infinity, -Infinity, 1e-40, 2 ** 53, 0.5];

/** A model that somebody sent: whatever is read of it predicts, explains and tells of itself. */
export function modelsThatPredict(seeds: Uint8Array[]): Target {
  return {
    name: 'predictions of LightGBM models',
    seeds: [...seeds, Buffer.from(smallModel())],
    memory,
    attempt(input) {
      const model = readLightGbm(Buffer.from(input).toString('utf8'));
      const columns = model.featureNames;
      const matrix = { columns, values: columns.map(() => Float64Array.from(values)), rows: values.length };
      predict(model, matrix);
      leafIndices(model, matrix);
      importance(model);
      contributions(model, matrix);
    },
  };
}

/** Results that somebody names to `gate --results`, judged by the rules of a template. */
export async function judgedResults(folder: string, seeds: Uint8Array[]): Promise<Target> {
  const project = await loadProject('templates/hdd-failure');
  const at: At = {
    project,
    environment: openLocal({ projectFolder: folder, project: project.file.name }),
    signal: new AbortController().signal,
    progress: () => undefined,
    warn: () => undefined,
  };
  const path = join(folder, 'results.json');
  return {
    ...{ name: 'results judged by gates', seeds, memory },
    attempt(input) {
      writeFileSync(path, input);
      return evaluateGates.run(at, { results: [path] });
    },
  };
}
