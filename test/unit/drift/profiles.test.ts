import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareColumn, concludeColumns, methodsOf, type Profile } from '../../../src/drift/compare.js';
import type { Sample } from '../../../src/drift/sample.js';
import { numbers } from '../../support/generated.js';
import { category, numeric } from './samples-of.js';

const profiles: Profile[] = ['default', 'evidently', 'nannyml', 'sagemaker'];
interface Asked {
  profile: Profile;
  method?: string;
}
const methods: Asked[] = profiles.flatMap((profile) => [
  { profile },
  ...methodsOf(profile).map((method) => ({ profile, method })),
]);
const compared = (reference: Sample, current: Sample, settings: Asked) =>
  concludeColumns([compareColumn('x', reference, current, settings)], settings)[0]!;

const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1e300) },
);
const column = fc.array(value, { maxLength: 60 });
const words = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 60 });

describe('every profile and method', () => {
  it('answers whatever the values, with a figure that JSON can hold or a reason', () => {
    const check = (reference: Sample, current: Sample) => {
      for (const settings of methods) {
        const place = JSON.stringify(settings);
        const { drifted, statistic, p_value, reason } = compared(reference, current, settings);
        for (const figure of [statistic, p_value]) assert.ok(figure === null || Number.isFinite(figure), place);
        assert.ok(p_value === null || (p_value >= 0 && p_value <= 1), `${place} ${p_value}`);
        if (drifted === null) assert.ok(reason, place);
      }
    };
    fc.assert(
      fc.property(column, column, (a, b) => check(numeric(a), numeric(b))),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(words, words, (a, b) => check(category(a, Math.max(1, Math.floor(a.length / 10))), category(b))),
      { numRuns: 60 },
    );
  });

  it('finds no drift between a column and itself', () => {
    const check = (same: Sample, other: Sample) => {
      // How many are missing is no comparison.
      for (const settings of methods.filter(({ method }) => method !== 'null_rate'))
        assert.notEqual(compared(same, other, settings).drifted, true, JSON.stringify(settings));
    };
    fc.assert(
      fc.property(column, (a) => check(numeric(a), numeric(a))),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(words, (a) => check(category(a, Math.max(1, Math.floor(a.length / 10))), category(a))),
      { numRuns: 60 },
    );
  });

  it('finds a shift by four standard deviations', () => {
    const [before, after] = [numeric(numbers(1, 400, 0, 1)), numeric(numbers(2, 400, 2, 1))];
    for (const settings of methods) {
      const { drifted, reason } = compared(before, after, settings);
      // The spread and the gaps stay as they were.
      const blind = ['std_z', 'levene', 'null_rate'].includes(settings.method ?? '');
      if (reason === undefined && !blind) assert.equal(drifted, true, JSON.stringify(settings));
    }
  });

  it('hears a doubled spread around the same mean by the methods that look at nothing else', () => {
    const [before, after] = [numeric(numbers(1, 400, 0, 1)), numeric(numbers(2, 400, 0, 2))];
    const answers = ['levene', 't_test'].map(
      (method) => compared(before, after, { profile: 'default', method }).drifted,
    );
    assert.deepEqual(answers, [true, false]);
  });
});
