import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelMonitorViolations } from '../../../src/documents/model-monitor/violations.js';
import { recognise } from '../../../src/documents/recognise.js';
import { type TableProfile, tableProfileSchema } from '../../../src/documents/tables/table-profile.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('mlops profile', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());
  const file = (name: string, text: string): string => {
    const path = join(folder.path, name);
    writeFileSync(path, text);
    return path;
  };
  const rows = Array.from(
    { length: 40 },
    (_, at) => `${at},${at % 4 === 0 ? '' : at / 2},${'ab'[at % 2]},2024-05-${(at % 28) + 1}`,
  );
  const table = () => file('table.csv', ['id,x,letter,day', ...rows].join('\n') + '\n');

  it('says what a table looks like and what could be asked of the next', async () => {
    const profile = await mlopsJson<TableProfile>(['profile', '--data', table()]);
    assert.ok(tableProfileSchema.safeParse(profile).success);
    const [id, x, letter, day] = profile.columns;
    assert.deepEqual([id!.type, id!.unique, id!.order, id!.min, id!.max], ['integer', true, 'ascending', 0, 39]);
    assert.deepEqual([x!.type, x!.missing, x!.null_pct, x!.count], ['float', 10, 25, 30]);
    assert.deepEqual(letter!.top, [
      { value: 'a', count: 20, share: 0.5 },
      { value: 'b', count: 20, share: 0.5 },
    ]);
    assert.deepEqual([day!.type, day!.min, day!.max], ['datetime', '2024-05-01', '2024-05-28']);
    assert.ok(day!.age_days! > 900);
    const asked = profile.constraints.map(({ column, rule }) => `${column} ${rule}`);
    for (const rule of ['id unique', 'id order', 'id non-negative', 'x range', 'letter domain'])
      assert.ok(asked.includes(rule), rule);
    assert.ok(!asked.includes('x unique'), 'a measurement');
    assert.equal(
      profile.constraints.find(({ column, rule }) => column === 'x' && rule === 'completeness')!.value,
      0.75,
    );
  });

  it('writes Model Monitor’s files, which a table like it does not break', async () => {
    const out = join(folder.path, 'baseline');
    const sagemaker = ['profile', '--profile', 'sagemaker', '--data', table(), '--out', out];
    assert.equal((await mlops(sagemaker)).code, 0);
    const read = (name: string) => JSON.parse(readFileSync(join(out, name), 'utf8')) as unknown;
    const statistics = recognise(read('statistics.json'));
    const constraints = recognise(read('constraints.json'));
    assert.ok(statistics.kind === 'model-monitor-statistics' && constraints.kind === 'model-monitor-constraints');
    const [id, x, letter] = statistics.document.features;
    assert.deepEqual(
      [id!.inferred_type, x!.inferred_type, letter!.inferred_type],
      ['Integral', 'Fractional', 'String'],
    );
    const { kll } = id!.numerical_statistics!.distribution!;
    assert.deepEqual(
      kll!.buckets.map(({ count }) => count),
      new Array(10).fill(4),
    );
    assert.deepEqual(kll!.sketch!.parameters, { c: 0.64, k: 2048 });
    assert.deepEqual(x!.numerical_statistics!.common, { num_present: 30, num_missing: 10 });
    assert.deepEqual(constraints.document.features[2]!.string_constraints, { domains: ['a', 'b'] });
    const check = [
      '--constraints',
      join(out, 'constraints.json'),
      '--baseline-statistics',
      join(out, 'statistics.json'),
    ];
    assert.deepEqual(await mlopsJson([...sagemaker, ...check]), {
      kind: 'model-monitor-violations',
      schemaVersion: 1,
      violations: [],
    });
  });

  it('names every constraint that another table breaks', async () => {
    const out = join(folder.path, 'broken');
    const sagemaker = (data: string) => ['profile', '--profile', 'sagemaker', '--data', data, '--out', out];
    await mlops(sagemaker(table()));
    const other = Array.from(
      { length: 400 },
      (_, at) => `${at % 2 === 0 ? at : at + 0.5},${at % 2 === 0 ? '' : 900},c`,
    );
    const broken = file('other.csv', ['id,x,letter', ...other].join('\n') + '\n');
    const check = [
      '--constraints',
      join(out, 'constraints.json'),
      '--baseline-statistics',
      join(out, 'statistics.json'),
    ];
    const { violations } = await mlopsJson<ModelMonitorViolations>([...sagemaker(broken), ...check]);
    assert.deepEqual(
      violations.map(({ feature_name, constraint_check_type }) => `${feature_name}: ${constraint_check_type}`),
      [
        'Missing columns: missing_column_check',
        'id: data_type_check',
        'id: baseline_drift_check',
        'x: completeness_check',
        'x: baseline_drift_check',
        'letter: categorical_values_check',
        'letter: baseline_drift_check',
      ],
    );
    assert.equal(
      violations[1]!.description,
      'Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. ' +
        'Observed: Only 50.0% of data is Integral.',
    );
    assert.match(violations[2]!.description, /^Baseline drift distance: 0\.\d+ exceeds threshold: 0\.1$/);
    const written = JSON.parse(readFileSync(join(out, 'constraint_violations.json'), 'utf8')) as unknown;
    assert.deepEqual(written, { violations });
  });

  it('refuses a file that is none of Model Monitor’s, naming the place', async () => {
    const wrong = file('wrong.json', '{"features": [{"name": 1}]}');
    const { code, stderr } = await mlops([
      'profile',
      '--data',
      table(),
      '--profile',
      'sagemaker',
      '--constraints',
      wrong,
    ]);
    assert.equal(code, 2);
    assert.match(stderr, /wrong\.json: features\.0\.name: found 1, expected a text, as in a file of Model Monitor/);
  });
});
