import assert from 'node:assert/strict';
import { parseLoosely } from '../../../src/common/loose-json.js';
import { scanJson } from '../../../src/common/scan-json.js';

describe("JSON with Python's words", () => {
  it('has null for NaN and Infinity, but not within a text', () => {
    const text = '{"a": [NaN, -Infinity, Infinity, -1], "NaN": "NaN \\" Infinity", "b\\\\": NaN}';
    assert.deepEqual(parseLoosely(text), { a: [null, null, null, -1], NaN: 'NaN " Infinity', 'b\\': null });
  });

  it('is refused where the words are no values of their own', () => {
    for (const text of ['NaNs', '{"a": Na}', '[1NaN]', '{NaN: 1}', '"NaN', '["\\'])
      assert.throws(() => parseLoosely(text), SyntaxError, text);
  });

  it('is refused when it is nested deeper than anybody writes', () => {
    const nested = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
    assert.ok(parseLoosely(nested(200)));
    assert.throws(() => parseLoosely(nested(201)), /201 deep/);
    assert.throws(() => parseLoosely('['.repeat(1e6)), SyntaxError);
  });

  it('takes time that grows with its length only, whatever stands in it', () => {
    const hostile = ['"\\', '\\"', 'NaN"', '"a', 'N', 'Infinit', '-', '{"', '""'];
    const began = performance.now();
    for (const piece of hostile) assert.throws(() => parseLoosely(`[NaN,${piece.repeat(500_000)}`), SyntaxError);
    // Quadratic, one of them alone took minutes.
    assert.ok(performance.now() - began < 5000);
  });

  it('is counted: depth, values and names', () => {
    const { depth, values, names } = scanJson('{"a": [1, {"b": ":,[{"}], "c": NaN}', ['NaN']);
    assert.deepEqual({ depth, values, names }, { depth: 3, values: 6, names: 3 });
  });
});
