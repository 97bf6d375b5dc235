import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BinMapper } from '../../../../src/models/trees/mapper.js';
import { inParts } from '../../../../src/models/trees/kernel/crew.js';
import { trainingMemory } from '../../../../src/models/trees/kernel/training-memory.js';

const mapper = (bins: number) => ({ bins }) as BinMapper;

describe('the kernel of a training', () => {
  it('takes powers of e to within one unit in the last place', () => {
    const exponents = [
      0,
      1,
      -1,
      0.5,
      -0,
      1e-300,
      700,
      -700,
      ...Array.from({ length: 20_001 }, (_, i) => (i - 10_000) / 77),
    ];
    const { values, exponentials } = trainingMemory(exponents.length, [], 1, 1);
    values.set(exponents);
    exponentials();
    exponents.forEach((exponent, place) => {
      const expected = Math.exp(exponent);
      const apart = Math.abs(values[place]! - expected) / expected;
      assert.ok(apart <= 2 ** -52, `e^${exponent} is ${expected}, found ${values[place]!}`);
    });
  });

  it('stays finite where e to the power of a number would not be', () => {
    const { values, exponentials } = trainingMemory(3, [], 1, 1);
    values.set([1e6, -1e6, Infinity]);
    exponentials();
    assert.deepEqual([...values], [values[0], values[1], values[0]]);
    assert.ok(values[0]! > 1e307 && values[0]! < Infinity && values[1]! > 0 && values[1]! < 1e-307);
  });

  it('finds the bin of each value: how many bounds are below it', () => {
    const number = fc.integer({ min: -500, max: 500 });
    const bounds = fc.uniqueArray(number, { maxLength: 300 }).map((found) => found.sort((a, b) => a - b));
    const values = fc.array(number, { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(bounds, values, (rising, wanted) => {
        const memory = trainingMemory(wanted.length, [mapper(3), mapper(rising.length + 1)], 1, 1);
        memory.values.set(wanted);
        memory.findBins(1, Float64Array.from(rising));
        const expected = wanted.map((value) => rising.filter((bound) => bound < value).length);
        assert.deepEqual([...memory.bins[1]!], expected);
      }),
    );
  });

  it('moves the rows of one side to the front, and both sides keep their order', () => {
    const bins = fc.array(fc.nat(299), { minLength: 1, maxLength: 200 });
    const property = fc.property(bins, fc.constantFrom(256, 300), fc.nat(300), (found, count, threshold) => {
      const memory = trainingMemory(found.length, [mapper(count)], 1, 1);
      memory.bins[0]!.set(found.map((bin) => bin % count));
      const rows = found.map((_, row) => row);
      memory.rows.set(rows);
      const sides = Uint8Array.from({ length: count }, (_, bin) => Number(bin < threshold));
      const begin = Math.floor(found.length / 3);
      const [before, range] = [rows.slice(0, begin), rows.slice(begin)];
      const isLeft = (row: number) => found[row]! % count < threshold;
      const [left, right] = [range.filter(isLeft), range.filter((row) => !isLeft(row))];
      assert.equal(memory.partition(0, sides, { begin, count: range.length }), left.length);
      assert.deepEqual([...memory.rows], [...before, ...left, ...right]);
    });
    fc.assert(property, { numRuns: 100 });
  });

  it('adds up the gradients of some rows in any number of features, of one byte or two', () => {
    const [rows, counts] = [50, [3, 256, 257, 5, 300, 9, 2]];
    const memory = trainingMemory(rows, counts.map(mapper), 2, 1);
    counts.forEach((count, feature) =>
      memory.bins[feature]!.set(Array.from({ length: rows }, (_, row) => (row * 37) % count)),
    );
    memory.rows.set(Array.from({ length: rows }, (_, place) => rows - 1 - place));
    memory.pairs[1]!.set(Array.from({ length: 2 * rows }, (_, place) => place));
    memory.addUp([0, 1, 2, 4, 5, 6], 1, { begin: 10, count: 20 });
    const expected = new Float64Array(memory.histogram.length);
    let offset = 0;
    counts.forEach((count, feature) => {
      for (const row of feature === 3 ? [] : memory.rows.subarray(10, 30)) {
        const place = 2 * (offset + ((row * 37) % count));
        expected[place]! += 2 * row;
        expected[place + 1]! += 2 * row + 1;
      }
      offset += count;
    });
    assert.deepEqual(memory.histogram, expected);
  });
});

describe('work in parts', () => {
  it('covers everything once, in parts as long as each other but for one', () => {
    const property = fc.property(fc.nat(1000), fc.integer({ min: 1, max: 70 }), (count, parts) => {
      const found = inParts(count, parts);
      assert.equal(found.length, Math.min(count, parts));
      let end = 0;
      for (const part of found) {
        assert.equal(part.begin, end);
        end += part.count;
      }
      assert.equal(end, count);
      const sizes = found.map((part) => part.count);
      if (count > 0) assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
    });
    fc.assert(property);
  });
});
