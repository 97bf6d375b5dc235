import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contributions } from '../../../../src/models/explain/contributions.js';
import { predict, predictRaw } from '../../../../src/models/predict.js';
import { byOutput, matrixOf, matrixOfColumns, open, recordedIn } from './recorded.js';

const folder = 'test/fixtures/xgboost';

/** Neighbouring 32-bit numbers around 1 differ by this; the last step of a transform may fall on either. */
const oneBit = 2 ** -23;

function near(found: Float64Array[], expected: Float64Array[], tolerance: number, what: string) {
  assert.equal(found.length, expected.length, what);
  expected.forEach((values, output) =>
    values.forEach((value, row) => {
      const off = Math.abs(found[output]![row]! - value);
      const limit = tolerance * Math.max(1, Math.abs(value));
      assert.ok(off <= limit, `${what}, output ${output}, row ${row}: ${found[output]![row]} against ${value}`);
    }),
  );
}

for (const version of readdirSync(folder)) {
  describe(`models of XGBoost ${version}`, () => {
    const place = join(folder, version);
    const recorded = recordedIn(place);
    for (const { file, objective, ...expected } of recorded.cases) {
      it(`${file} (${objective}) predicts what XGBoost predicted`, () => {
        const { model, rounds, version: said } = open(place, file);
        const rows = expected.columns ? matrixOfColumns(expected.columns) : matrixOf(recorded, model.featureNames);
        assert.equal(said, recorded.version);
        if (expected.rounds) assert.deepEqual(rounds.used, expected.rounds);
        // Sums have no room: the same 32-bit numbers were added in the same order.
        if (expected.margins) assert.deepEqual(predictRaw(model, rows), byOutput(expected.margins));
        if (expected.predictions) near(predict(model, rows), byOutput(expected.predictions), oneBit, file);
        if (expected.firstTwo)
          near(predict(open(place, file, [0, 2]).model, rows), byOutput(expected.firstTwo), oneBit, 'two rounds');
      });
      if (!expected.contributions) continue;
      it(`${file} (${objective}) is explained as by XGBoost`, () => {
        const { model } = open(place, file);
        const rows = expected.contributions!;
        const explained = { ...recorded, rows: recorded.rows.slice(0, rows.length) };
        const { outputs } = contributions(model, matrixOf(explained, model.featureNames));
        const own = rows.map((row) => (Array.isArray(row[0]) ? (row as number[][]) : [row as number[]]));
        const wanted = outputs.map((_, output) => Float64Array.from(own.flatMap((row) => row[output]!)));
        near(outputs, wanted, 1e-6, file);
      });
    }
  });
}
