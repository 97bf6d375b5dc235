import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatDouble, formatG, formatShort } from '../../../../src/models/lightgbm-text/format-number.js';
import { decodeFeatureName, encodeFeatureName } from '../../../../src/models/lightgbm-text/feature-name.js';
import { readLightGbm } from '../../../../src/models/lightgbm-text/read-model.js';
import { writeLightGbm } from '../../../../src/models/lightgbm-text/write-model.js';
import { OLDER_MODELS, TRAINED_MODELS } from '../support/recorded.js';
import { itWithData, sharedText } from '../support/shared-data.js';
import { smallModel, smallTrees, stump } from '../support/small-model.js';

describe("writing LightGBM's text models", () => {
  for (const { name, model } of TRAINED_MODELS)
    itWithData(`writes genuine files back byte for byte: ${name}`, () => {
      const text = sharedText(model);
      assert.ok(writeLightGbm(readLightGbm(text)) === text, 'the same bytes');
    });

  for (const { name, model } of OLDER_MODELS)
    itWithData(`writes what it read the same way twice: ${name}`, () => {
      const text = writeLightGbm(readLightGbm(sharedText(model)));
      assert.ok(writeLightGbm(readLightGbm(text)) === text, 'the same bytes');
    });

  it('writes a small model back byte for byte, linear leaves included', () => {
    assert.equal(writeLightGbm(readLightGbm(smallModel())), smallModel());
    const linear = {
      constant: Float64Array.of(0.5, 1 / 3),
      features: [Int32Array.of(0, 2), new Int32Array(0)],
      coefficients: [Float64Array.of(1.25, -2), new Float64Array(0)],
    };
    const text = writeLightGbm({ ...smallTrees(), trees: [stump({ linear })] });
    const again = readLightGbm(text);
    assert.deepEqual(again.trees[0]!.linear, linear);
    assert.equal(writeLightGbm(again), text);
  });

  it('keeps column names with spaces and brackets', () => {
    const names = ['living area', 'age_[50-60)', 'share: 5%20', '50%'];
    for (const name of names) assert.equal(decodeFeatureName(encodeFeatureName(name)), name);
    const model = { ...smallTrees(), featureNames: names.slice(0, 3) };
    assert.deepEqual(readLightGbm(writeLightGbm(model)).featureNames, names.slice(0, 3));
    fc.assert(fc.property(fc.string(), (name) => assert.equal(decodeFeatureName(encodeFeatureName(name)), name)));
  });
});

describe('numbers in model files', () => {
  it('are printed as C prints them, exact halves to the even digit', () => {
    assert.equal(formatDouble(0.1), '0.10000000000000001');
    assert.equal(formatDouble(36.0578155517578125), '36.057815551757812');
    assert.equal(formatShort(0.0001), '0.0001');
    assert.equal(formatShort(0.00001), '1e-05');
    assert.equal(formatShort(1234567), '1.23457e+06');
    assert.equal(formatShort(100000), '100000');
    assert.equal(formatG(-0.5, 6), '-0.5');
    assert.equal(formatShort(0), '0');
    assert.equal(formatShort(Infinity), 'inf');
  });

  it('read back as the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.equal(Number(formatDouble(value)), value);
      }),
    );
  });
});
