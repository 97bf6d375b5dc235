import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gateResultSchema } from '../../../src/documents/gates/verdict.js';
import { evaluate, figuresOf, gate } from './gate-inputs.js';

describe('limits relative to a baseline', () => {
  const any = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const factors = fc.double({ min: 0.5, max: 2, noNaN: true });

  it('are never easier than the baseline itself when they ask for more', () => {
    const more = fc.double({ min: 1.001, max: 2, noNaN: true });
    fc.assert(
      fc.property(any, more, (reference, factor) => {
        const [result] = evaluate([gate(`hard r2 >= ${factor} * baseline`)], {
          figures: figuresOf({ r2: reference - 1e-9 - Math.abs(reference) * 1e-6 }),
          baseline: { r2: reference },
        }).gates;
        assert.notEqual(result!.status, 'pass');
      }),
    );
  });

  it('tolerate a worse figure by the asked share of the size, on the same side for any sign', () => {
    const limit = (reference: number) =>
      evaluate([gate('hard r2 >= 0.95 * baseline')], { figures: figuresOf({ r2: 0 }), baseline: { r2: reference } })
        .gates[0]!.threshold!;
    assert.ok(Math.abs(limit(2) - 1.9) < 1e-12);
    assert.ok(Math.abs(limit(-2) - -2.1) < 1e-12);
  });

  it('never call anything healthy over a baseline that is not above 0', () => {
    const bad = fc.constantFrom(0, -0, -1e-9, -3, NaN, Infinity, -Infinity, null);
    fc.assert(
      fc.property(any, bad, factors, fc.constantFrom('>=', '<=', '>', '<'), (value, reference, factor, operator) => {
        fc.pre(factor !== 1);
        const [result] = evaluate([gate(`hard r2 ${operator} ${factor} * baseline`)], {
          figures: figuresOf({ r2: value }),
          baseline: { r2: reference },
        }).gates;
        assert.notEqual(result!.status, 'pass');
      }),
    );
  });

  it('with a factor of 1 compare plainly, whatever the sign', () => {
    const verdict = (value: number, reference: number) =>
      evaluate([gate('hard r2 >= 1 * baseline')], { figures: figuresOf({ r2: value }), baseline: { r2: reference } })
        .verdict;
    assert.deepEqual(
      [verdict(0, 0), verdict(-1, 0), verdict(-2, -2), verdict(0.8, -2)],
      ['pass', 'fail', 'pass', 'pass'],
    );
  });

  it('always make a document that can be written and read as JSON', () => {
    const figures = fc.record({ value: fc.option(fc.double()), n: fc.option(fc.nat()), method: fc.constant('any') });
    const lines = fc.constantFrom(
      'hard r2 >= 0.9 * baseline',
      'soft r2 <= 1 * current',
      'advisory z_mean(*) <= 2',
      'hard r2',
    );
    fc.assert(
      fc.property(figures, fc.option(fc.double()), lines, (one, reference, line) => {
        const input = {
          figures: figuresOf({ r2: one }, { z_mean: { a: one } }),
          baseline: { r2: reference },
          current: { r2: reference },
        };
        const { gates } = evaluate([gate(line, { minSamples: 2 })], input);
        assert.deepEqual(
          gateResultSchema.array().parse(JSON.parse(JSON.stringify(gates))),
          JSON.parse(JSON.stringify(gates)),
        );
        for (const { value, status } of gates) if (value === null) assert.notEqual(status, 'pass');
      }),
    );
  });
});
