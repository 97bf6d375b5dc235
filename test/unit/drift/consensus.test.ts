import assert from 'node:assert/strict';
import type { DriftColumn } from '../../../src/documents/drift-report.js';
import { consensusOf } from '../../../src/drift/consensus.js';

type Figures = Partial<Record<'psi' | 'ks' | 'jensen_shannon', number>> & { p?: number; chi?: number };
const measure = (method: string, statistic: number | null, p_value: number | null = null) => ({
  ...{ method, statistic, p_value, threshold: 0.1 },
});

/** A column by its figures: distances, and the probabilities of its Kolmogorov-Smirnov (`p`) or chi-square test. */
const column = ({ psi, ks, jensen_shannon, p, chi }: Figures, drifted: boolean | null = false): DriftColumn => ({
  ...{ column: 'x', type: 'numerical', method: 'consensus', statistic: 0, p_value: null, threshold: 0.1, drifted },
  measures: [
    ...(ks === undefined && p === undefined ? [] : [measure('ks', ks ?? null, p ?? null)]),
    ...(chi === undefined ? [] : [measure('chi_square', null, chi)]),
    ...(psi === undefined ? [] : [measure('psi', psi)]),
    ...(jensen_shannon === undefined ? [] : [measure('jensen_shannon', jensen_shannon)]),
  ],
});
const indicators = (...columns: DriftColumn[]) =>
  Object.fromEntries(consensusOf(columns).indicators.map(({ name, value, over }) => [name, [value, over]]));

describe('what several views say of a whole table', () => {
  it('are means over its columns, each against its own threshold', () => {
    const found = indicators(
      column({ psi: 0.25, ks: 0.5, jensen_shannon: 0.0625, p: 0.01 }),
      column({ psi: 0.5, ks: 0.25, jensen_shannon: 0.0625, p: 0.5 }),
    );
    assert.deepEqual(found, {
      share_of_tests: [0.75, true],
      mean_psi: [0.375, true],
      mean_ks: [0.375, true],
      mean_jensen_shannon: [0.0625, false],
    });
    const { indicators: all } = consensusOf([]);
    assert.deepEqual(
      all.map(({ threshold }) => threshold),
      [0.25, 0.1, 0.3, 0.1],
    );
  });

  it('takes a threshold itself for not over it', () => {
    const at = column({ psi: 0.1, ks: 0.3, jensen_shannon: 0.1, p: 0.05 });
    const { share_of_tests, mean_psi, mean_ks, mean_jensen_shannon } = indicators(at);
    assert.deepEqual(
      [share_of_tests, mean_psi, mean_ks, mean_jensen_shannon],
      [
        [0, false],
        [0.1, false],
        [0.3, false],
        [0.1, false],
      ],
    );
    assert.deepEqual(indicators(column({ p: 0.01 }), ...[1, 1, 1].map((p) => column({ p }))).share_of_tests, [
      0.25,
      false,
    ]);
  });

  it('counts the tests of numbers and of categories', () => {
    assert.deepEqual(indicators(column({ chi: 0.01 }), column({ p: 0.5 })).share_of_tests, [0.5, true]);
  });

  it('says nothing where no column has such a figure', () => {
    assert.deepEqual(indicators(column({ psi: 0.5 })).mean_ks, [null, null]);
    assert.deepEqual(indicators({ ...column({}), measures: undefined }).mean_psi, [null, null]);
  });

  it('agrees when two are over, does not when two cannot be, and is open between', () => {
    const agreed = (figures: Figures) => consensusOf([column(figures)]).agreed;
    assert.equal(agreed({ psi: 0.5, ks: 0, jensen_shannon: 0, p: 0.5 }), true, 'the index and its share');
    assert.equal(agreed({ psi: 0, ks: 0.5, jensen_shannon: 0, p: 0.5 }), false);
    assert.equal(agreed({ psi: 0, ks: 0, jensen_shannon: 0, p: 0.5 }), false);
    assert.equal(agreed({ ks: 0.5, jensen_shannon: 0.5 }), true);
    assert.equal(agreed({ ks: 0.5 }), null);
    assert.equal(agreed({ psi: 0, ks: 0, p: 0.5 }), false, 'one that is open is not enough');
    assert.equal(agreed({ ks: 0.5, psi: 0, p: 0.5 }), null);
  });

  it('goes by the share of columns that drifted for its severity, and leaves out what is unknown', () => {
    const severity = (drifted: number, still: number, open = 0) =>
      consensusOf([
        ...Array.from({ length: drifted }, () => column({}, true)),
        ...Array.from({ length: still }, () => column({}, false)),
        ...Array.from({ length: open }, () => column({}, null)),
      ]).severity;
    assert.deepEqual([severity(1, 1), severity(49, 51)], ['major', 'moderate']);
    assert.deepEqual([severity(1, 3), severity(24, 76)], ['moderate', 'minor']);
    assert.deepEqual([severity(1, 9), severity(9, 91), severity(0, 5)], ['minor', 'none', 'none']);
    assert.deepEqual([severity(1, 1, 8), severity(0, 0, 3), severity(0, 0)], ['major', null, null]);
  });
});
