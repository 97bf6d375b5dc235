import assert from 'node:assert/strict';
import { chunkSizeOf, chunksOf, nannymlColumn, upperLimit } from '../../../src/drift/profiles/nannyml.js';
import { numbers } from '../../support/generated.js';
import { near } from './near.js';
import { category, numeric } from './samples-of.js';

const reference = numeric(numbers(1, 1000, 0, 1));
/** Rows that stay as they were, with so many in the middle that did not. */
const movedFrom = (from: number, to: number) =>
  numeric(Float64Array.from(numbers(2, 1000, 0, 1), (value, at) => (at >= from && at < to ? value + 3 : value)));
const letters = (text: string, chunk?: number) => category([...text], chunk);

describe("NannyML's chunks", () => {
  it('are a tenth of the reference, or as many rows as asked', () => {
    assert.deepEqual([chunkSizeOf(1009), chunkSizeOf(9), chunkSizeOf(1000, 30)], [100, 0, 30]);
  });

  it('cover every row once, the last what remains', () => {
    assert.deepEqual(chunksOf(7, 3), [
      { from: 0, to: 2 },
      { from: 3, to: 5 },
      { from: 6, to: 6 },
    ]);
    assert.deepEqual(chunksOf(6, 6), [{ from: 0, to: 5 }]);
    assert.deepEqual([chunksOf(0, 3), chunksOf(5, 0)], [[], []]);
  });

  it('give the limit: their mean and three standard deviations over n', () => {
    near(upperLimit([1, 3]), 2 + 3);
    near(upperLimit([2, 2, 2]), 2);
  });
});

describe("NannyML's verdict on a column", () => {
  it('is one figure of the whole current table without a size', () => {
    const found = nannymlColumn(reference, movedFrom(0, 1000));
    assert.deepEqual(
      [found.method, found.drifted, found.p_value, found.chunks],
      ['jensen_shannon', true, null, undefined],
    );
    assert.equal(nannymlColumn(reference, reference).drifted, false);
  });

  it('alerts when one chunk does, names its rows, and tells the farthest', () => {
    const found = nannymlColumn(reference, movedFrom(400, 500), 'wasserstein', 100);
    assert.equal(found.drifted, true);
    assert.equal(found.chunks!.length, 10);
    const alerting = found.chunks!.filter(({ drifted }) => drifted);
    assert.deepEqual(
      alerting.map(({ from, to }) => [from, to]),
      [[400, 499]],
    );
    assert.equal(found.statistic, alerting[0]!.statistic);
    assert.equal(found.statistic, Math.max(...found.chunks!.map(({ statistic }) => statistic!)));
    for (const { statistic, drifted } of found.chunks!) assert.equal(drifted, statistic! > found.threshold!);
  });

  it('goes by the probability of a chi-square test, below 0.05', () => {
    const [before, same] = ['ab'.repeat(500), 'ba'.repeat(500)].map((text) => letters(text, 100));
    const moved = letters(`${'ab'.repeat(450)}${'b'.repeat(100)}`, 100);
    const still = nannymlColumn(before!, same!, 'chi2', 100);
    assert.deepEqual([still.drifted, still.threshold], [false, 0.05]);
    const found = nannymlColumn(before!, moved, 'chi2', 100);
    assert.equal(found.drifted, true);
    assert.deepEqual(
      found.chunks!.filter(({ drifted }) => drifted).map(({ from, to, p_value }) => [from, to, p_value! < 0.05]),
      [[900, 999, true]],
    );
    assert.ok(found.p_value! < 0.05);
  });

  it('counts rows without a value among those that are cut', () => {
    const before = { ...letters('ab'.repeat(5), 1), missing: 10 };
    const chunks = nannymlColumn(before, before, 'jensen_shannon', 1).chunks!;
    assert.deepEqual(chunks[0], { ...chunks[0], from: 0, to: 0 });
    assert.equal(
      nannymlColumn({ ...letters('abababab', 1), missing: 2 }, before).reason,
      undefined,
      'ten rows are enough',
    );
  });

  it('says nothing, with a reason, where it cannot', () => {
    const [nothing, few] = [numeric([]), numeric([1, 2, 3])];
    const noValues = 'one of the two samples has no values in this column';
    assert.deepEqual([nannymlColumn(nothing, few).reason, nannymlColumn(few, nothing).reason], [noValues, noValues]);
    const tooShort = 'the reference has fewer than 10 rows, and cannot be cut into chunks';
    assert.deepEqual(
      [nannymlColumn(few, reference).reason, nannymlColumn(letters('ab', 1), letters('ab')).reason],
      [tooShort, tooShort],
    );
    const wrong = nannymlColumn(reference, reference, 'chi2');
    assert.deepEqual([wrong.reason, wrong.suited, wrong.drifted], ['it is for categories', false, null]);
    assert.equal(nannymlColumn(letters('ab'), letters('ab'), 'wasserstein').reason, 'it is for numbers');
  });

  it('has no figure for a chunk without a value', () => {
    const gap = numeric(Float64Array.from(reference.rows!, (value, at) => (at < 100 ? NaN : value)));
    const found = nannymlColumn(reference, gap, 'wasserstein', 100);
    assert.deepEqual(found.chunks![0], { from: 0, to: 99, statistic: null, p_value: null, drifted: null });
    assert.equal(found.drifted, false);
    const limited = nannymlColumn(gap, reference, 'wasserstein', 100);
    assert.ok(limited.threshold! > 0 && limited.drifted === false, 'and no limit comes of one');
  });
});
