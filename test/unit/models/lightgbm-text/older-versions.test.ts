import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contributions } from '../../../../src/models/explain/contributions.js';
import { readLightGbm } from '../../../../src/models/lightgbm-text/read-model.js';
import { writeLightGbm } from '../../../../src/models/lightgbm-text/write-model.js';
import { predict, predictRaw } from '../../../../src/models/predict.js';
import { leafIndices } from '../../../../src/models/trees/predict-trees.js';
import { assertClose } from '../support/close.js';
import { matrixOf } from '../support/shared-data.js';

/** Small models that LightGBM 2.3.1 and 3.3.5 wrote, and what they said of a few rows: missing, unknown and negative categories among them. */
const folder = join(import.meta.dirname, 'fixtures');

interface Said {
  file: string;
  prediction: number[][];
  raw: number[][];
  leaf: number[][];
  contributions?: number[][];
}

describe("models of older LightGBM's", () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.jsonl'))) {
    const [first, ...models] = readFileSync(join(folder, name), 'utf8').trim().split('\n');
    const { rows } = JSON.parse(first!) as { rows: (number | null)[][] };
    const matrix = matrixOf(rows.map((row) => row.map((value) => value ?? NaN)));
    for (const line of models) {
      const said = JSON.parse(line) as Said;
      it(`predict, split and explain as they did there: ${said.file}`, () => {
        const text = readFileSync(join(folder, said.file), 'utf8');
        const model = readLightGbm(text, said.file);
        const expected = (table: number[][], tolerance: number, outputs: ArrayLike<number>[]) =>
          outputs.forEach((output, place) =>
            assertClose(
              output,
              table.map((row) => row[place]!),
              tolerance,
            ),
          );
        // Genuine raw scores of a forest are the sum of its trees; here they are the mean that predictions come from.
        const share = (table: number[][]) => table.map((row) => row.map((value) => value / summed));
        const summed = model.averageOutput ? model.bestRound : 1;
        expected(said.prediction, 1e-12, predict(model, matrix));
        expected(share(said.raw), 1e-12, predictRaw(model, matrix));
        expected(said.leaf, 0, leafIndices(model, matrix));
        if (said.contributions) sumsAgree(share(said.contributions), contributions(model, matrix).outputs);
        const again = writeLightGbm(model);
        assert.deepEqual(readLightGbm(again).trees, model.trees);
      });
    }
  }
});

function sumsAgree(expected: number[][], outputs: Float64Array[]): void {
  expected.forEach((row, place) => {
    const width = row.length / outputs.length;
    const own = outputs.flatMap((values) => [...values.subarray(place * width, (place + 1) * width)]);
    own.forEach((value, column) => assert.ok(Math.abs(value - row[column]!) <= 1e-9 * Math.max(1, Math.abs(value))));
  });
}
