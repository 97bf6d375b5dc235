import assert from 'node:assert/strict';
import { fitCandidate } from '../../../src/pipeline/candidates/candidate.js';
import { prepared } from '../../../src/pipeline/candidates/prepared.js';
import { bundleFiles, openBundle } from '../../../src/models/bundle/bundle-files.js';
import { score } from '../../../src/models/bundle/score.js';
import { codesOf } from '../../../src/models/table/texts.js';
import type { Matrix } from '../../../src/models/table/matrix.js';
import type { Part } from '../../../src/pipeline/evaluating/parts.js';
import { rowsOf } from '../../../src/pipeline/training/learner-rows.js';
import type { Rows } from '../../../src/pipeline/workers/shared-memory.js';
import type { Candidate } from '../../../src/project/schema.js';

const rows = 400;
const at = <Value>(make: (row: number) => Value) => Array.from({ length: rows }, (_, row) => make(row));
const texts: Record<string, (string | null)[]> = {
  plan: at((row) => (row % 7 === 0 ? null : ['basic', 'gold', '01', 'NA'][row % 4]!)),
  town: at((row) => `town ${row % 150}`),
  signup: at((row) => new Date(Date.UTC(2025, 0, 1 + (row % 300))).toISOString().slice(0, 10)),
};
const matrix: Matrix = {
  columns: ['size', ...Object.keys(texts)],
  values: [Float64Array.from(at((row) => (row * 37) % 101)), ...Object.values(texts).map((of) => codesOf(of).values)],
  rows,
  categories: Object.fromEntries(Object.entries(texts).map(([name, of]) => [name, codesOf(of).words])),
};
const target = Float64Array.from(at((row) => Number(row % 4 === 1) + ((row * 37) % 101) / 50));
const candidate = (family: Candidate['family'], more: Partial<Candidate> = {}): Candidate => ({
  ...{ name: 'm', family, columns: ['size', 'plan', 'town', 'signup'], parameters: {} },
  ...more,
});
const model = { task: 'regression' as const, fill: {} };
const kinds = ({ preprocessing }: { preprocessing: { step: string }[] }) => preprocessing.map(({ step }) => step);

describe("a candidate's texts and dates", () => {
  it('become what suits their values where nothing is said', () => {
    const trees = prepared(model, candidate('lightgbm'), { matrix, target });
    assert.deepEqual(kinds(trees), ['ordinal', 'target', 'date']);
    assert.deepEqual(trees.parameters, { categorical_feature: ['plan'] });
    const columns = [
      'size',
      'plan',
      'town',
      'signup_year',
      'signup_month',
      'signup_day',
      'signup_weekday',
      'signup_age',
    ];
    assert.deepEqual(trees.training.matrix.columns, columns);
    const linear = prepared(model, candidate('ridge', { scale: 'standard' }), { matrix, target });
    assert.deepEqual(kinds(linear), ['one-hot', 'target', 'date', 'impute', 'scale']);
    assert.ok(linear.training.matrix.values.every((values) => values.every(Number.isFinite)));
  });

  it('are never learned for a training row from other rows of its own thing', () => {
    const part = {
      ...{ matrix, target, targetWords: null, recordIds: at(String), times: null },
      entities: at((row) => `thing ${row % 150}`),
    } as unknown as Part;
    const rows = rowsOf(part, undefined);
    assert.deepEqual([...rows.groups!.subarray(148, 152)], [148, 149, 0, 1]);
    const town = (of: Rows) => prepared(model, candidate('lightgbm'), of).training.matrix.values[2]!;
    // Every town is one thing: what others taught of it is the mean of others.
    const [own, mixed] = [town(rows), town({ matrix, target })];
    assert.ok(new Set(own).size <= 5, 'one mean a fold');
    assert.ok(new Set(mixed).size > 100);
    const once = rowsOf({ ...part, entities: at(String) }, undefined);
    assert.equal(once.groups, undefined);
  });

  it('become what the project says, by name or pattern', () => {
    const encode = { plan: { ordinal: ['basic', 'gold'] }, 't*': 'frequency' as const, signup: 'age' as const };
    const said = prepared({ ...model, encode }, candidate('lightgbm'), { matrix, target });
    assert.deepEqual(kinds(said), ['ordinal', 'frequency', 'date']);
    assert.deepEqual(said.parameters, {});
    const [plan] = [said.training.matrix.values[1]!];
    assert.deepEqual([...plan.subarray(1, 4)], [1, NaN, NaN], 'what the order does not list is missing');
  });

  it('refuse numbers and dates that one word spoilt, unless the project says that they are words', () => {
    const spoilt = (of: (row: number) => string): Matrix => {
      const { values, words } = codesOf(at((row) => (row === 5 ? 'unknown' : of(row))));
      return { columns: ['x'], values: [values], rows, categories: { x: words } };
    };
    const only = candidate('lightgbm', { columns: ['x'] });
    const fitted = (column: Matrix, encode = {}) =>
      kinds(prepared({ ...model, encode }, only, { matrix: column, target }));
    for (const [kind, of] of [
      ['numbers', (row: number) => `${row / 2}`],
      ['dates', (row: number) => texts.signup![row]!],
    ] as const) {
      const why = new RegExp(`found values of x that are no ${kind}, such as "unknown", among \\d+ that are`);
      assert.throws(() => fitted(spoilt(of)), why);
      assert.deepEqual(fitted(spoilt(of), { x: 'frequency' }), ['frequency']);
    }
    assert.deepEqual(fitted(spoilt((row) => `${row % 2 ? 'A' : ''}${row % 90}`)), ['ordinal'], 'codes are words');
    // As of a diagnosis: nearly all are digits, a few have a letter, one is not known.
    const diagnosis = (row: number) => (row % 31 === 0 ? `V${row}` : `${row}.${row % 9}`);
    assert.equal(fitted(spoilt(diagnosis)).length, 1, 'codes are words, though most are digits');
  });

  it('refuse an encoding that would make a column of a name that is taken', () => {
    const taken = { ...matrix, columns: ['plan_gold', 'plan', 'town', 'signup'] };
    const encode = { plan: 'one-hot' as const };
    const clashing = candidate('ridge', { columns: taken.columns });
    assert.throws(
      () => prepared({ ...model, encode }, clashing, { matrix: taken, target }),
      /found two columns plan_gold: one of the table, and one that an encoding makes/,
    );
  });

  for (const family of ['lightgbm', 'random-forest', 'ridge'] as const)
    it(`are part of the stored model, which takes the raw row: ${family}`, async () => {
      const { bundle } = await fitCandidate(
        { model, candidate: candidate(family), fit: { matrix, target }, validation: { matrix, target } },
        {},
      );
      const again = openBundle(bundleFiles(bundle));
      assert.deepEqual(
        again.inputs.map(({ type }) => type),
        ['number', 'category', 'category', 'category'],
      );
      const row = (plan: string | null, town: string, signup: string) => ({
        columns: matrix.columns,
        values: [Float64Array.of(50), codesOf([plan]).values, Float64Array.of(0), Float64Array.of(0)],
        rows: 1,
        categories: { plan: codesOf([plan]).words, town: [town], signup: [signup] },
      });
      const known = score(again, row('gold', 'town 5', '2025-04-01'))[0]!;
      assert.ok(known - score(again, row('basic', 'town 5', '2025-04-01'))[0]! > 0.3, 'gold adds 1');
      for (const odd of [row('never seen', 'nowhere', 'no date'), row(null, 'town 5', '2030-01-01')])
        assert.ok(Number.isFinite(score(again, odd)[0]!));
    });
});
