import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { InputError } from '../../../../src/common/errors.js';
import { withoutZipMap } from '../../../../src/models/onnx/without-zip-map.js';

describe('an ONNX model whose probabilities lie in dictionaries', () => {
  const bytes = readFileSync('test/fixtures/onnx/classes-in-dictionaries.onnx');

  it('gives them out as a table, with the classes in their order', () => {
    const { bytes: changed, classes } = withoutZipMap(bytes);
    assert.deepEqual(classes, ['mid', 'old', 'young']);
    assert.ok(bytes.includes('ZipMap') && !Buffer.from(changed).includes('ZipMap'));
    assert.deepEqual(withoutZipMap(changed), { bytes: changed, classes: null });
  });

  it('is refused where it is cut off, or no such file at all', () => {
    for (const wrong of [bytes.subarray(0, bytes.length - 40), Buffer.from('{"learner": {}}'), Buffer.alloc(20, 0xff)])
      assert.throws(() => withoutZipMap(wrong), InputError);
  });
});
