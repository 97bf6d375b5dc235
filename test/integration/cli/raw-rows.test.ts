import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Explanation } from '../../../src/documents/explanation.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

const plans = ['basic', 'gold', '01', 'NA'];

/** Customers as a shop has them: texts of few and of many values, a date, a truth value, remarks. */
function customers(
  rows: number,
  seed: number,
  plan = (words: string[], u: number) => words[Math.floor(u * 4)]!,
): string {
  const u = lcgNumbers(seed);
  const lines = Array.from({ length: rows }, (_, at) => {
    const [own, town, day] = [plan(plans, u()), Math.floor(u() * 120), Math.floor(u() * 700)];
    const [active, usage, gap] = [u() < 0.6, u() * 100, u() < 0.05];
    const signup = new Date(Date.UTC(2023, 0, 1 + day));
    const z = (own === '01' ? 1.5 : -0.5) + (town % 3 === 0 ? 1 : -0.6) + (active ? -1.2 : 0.6);
    const leaves = u() < 1 / (1 + Math.exp(-z));
    const said = Array.from(
      { length: 8 },
      () => ['the', 'client', 'said', 'that', 'all', 'is', 'well'][Math.floor(u() * 7)],
    );
    return `S${seed}-${at},${gap ? '' : own},town ${town},${signup.toISOString().slice(0, 10)},${active},${usage.toFixed(2)},${said.join(' ')},${leaves ? 'yes' : 'no'}`;
  });
  return `customer,plan,town,signup,active,usage,remark,leaves\n${lines.join('\n')}\n`;
}

describe('a model of raw rows', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const project = join(place.path, 'shop');
  const bucket = join(project, '.mlops/buckets/shop');
  const table = join(place.path, 'shop.csv');
  const invoke = async (data: string, type = 'application/json') =>
    mlops(['endpoint', 'invoke', 'shop', '--project', project, '--data', data, '--content-type', type]);
  const results = (): MonitoringResults => {
    const runs = join(bucket, 'monitoring/runs');
    const newest = join(runs, readdirSync(runs).sort().at(-1)!, 'monitoring_results.json');
    return JSON.parse(readFileSync(newest, 'utf8')) as MonitoringResults;
  };
  before(async () => {
    writeFileSync(table, customers(2500, 3));
    await mlops(['init', project, '--from', table, '--target', 'leaves']);
    const { error } = await mlopsJson<Run>(['run', '--project', project]);
    assert.equal(error, null);
  });
  after(async () => {
    await mlops(['endpoint', 'delete', 'shop', '--project', project]);
    place.remove();
  });

  it('is made of the table as it is: no column in SQL for a value, no text left out for its many values', () => {
    const sql = readFileSync(join(project, 'features.sql'), 'utf8');
    assert.doesNotMatch(sql, /basic|town \d/);
    assert.match(sql, /-- remark is left out: it is text of 8 words/);
    const bundle = JSON.parse(readFileSync(join(bucket, 'artifacts/models/v1/model_metadata.json'), 'utf8')) as {
      inputs: { name: string; type: string }[];
    };
    const types = Object.fromEntries(bundle.inputs.map(({ name, type }) => [name, type]));
    assert.deepEqual(types, {
      ...{ active: 'number', usage: 'number', plan: 'category', town: 'category', signup: 'category' },
    });
  });

  it('answers the record as its user has it, also where training never had a value, or it is missing', async () => {
    const answer = async (record: object) => {
      const { stdout, code, stderr } = await invoke(JSON.stringify(record));
      assert.equal(code, 0, stderr);
      return (JSON.parse(stdout) as { probability: number }).probability;
    };
    const record = { plan: 'basic', town: 'town 4', signup: '2024-02-07', active: true, usage: 3.5 };
    const known = await answer(record);
    assert.ok((await answer({ ...record, plan: '01' })) > known + 0.1, '"01" is a plan of its own');
    assert.ok((await answer({ ...record, town: 'town 3' })) > known, 'a town of many tells something');
    for (const odd of [{ plan: 'platinum' }, { plan: null, signup: null }, { town: 'nowhere', signup: 'soon' }])
      assert.ok((await answer({ ...record, ...odd })) > 0);
    const zoned = await answer({ ...record, signup: '2024-02-07T01:00:00+01:00' });
    assert.equal(zoned, await answer({ ...record, signup: '2024-02-07T00:00:00Z' }), 'one moment');
    const { code, stderr, stdout } = await invoke(JSON.stringify({ plan: 'basic' }));
    assert.equal(code, 2, stderr);
    assert.match(stdout, /Missing required features: .*'town'/);
    const long = await invoke(JSON.stringify({ ...record, town: 9007199254740993 }));
    assert.match(long.stdout, /town: found 9007199254740992, expected numbers of so many digits as text/);
  });

  it('takes CSV by the rules of table files: NA is a plan, true a truth value, nothing is missing', async () => {
    const header = 'plan,town,signup,active,usage\n';
    const csv = await invoke(`${header}NA,town 4,2024-02-07,true,3.5\n,town 4,2024-02-07,false,3.5\n`, 'text/csv');
    const rows = await invoke(
      JSON.stringify([
        { plan: 'NA', town: 'town 4', signup: '2024-02-07', active: true, usage: 3.5 },
        { plan: null, town: 'town 4', signup: '2024-02-07', active: false, usage: 3.5 },
      ]),
    );
    const scores = ({ stdout }: { stdout: string }) =>
      (JSON.parse(stdout) as { probabilities: number[] }).probabilities;
    assert.deepEqual(scores(csv), scores(rows));
    assert.notEqual(scores(csv)[0], scores(csv)[1]);
  });

  it('counts values that training never had, and missing ones, in its metrics by column', async () => {
    const state = JSON.parse(readFileSync(join(project, '.mlops/endpoints/shop/state.json'), 'utf8')) as {
      url: string;
    };
    const token = readFileSync(join(project, '.mlops/endpoints/shop/token'), 'utf8').trim();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const record = { plan: 'platinum', town: 'nowhere', signup: null, active: true, usage: 1 };
    const answered = await fetch(`${state.url}/invocations`, { method: 'POST', headers, body: JSON.stringify(record) });
    assert.equal(answered.headers.get('x-amzn-sagemaker-custom-attributes'), 'unseen=2;missing=1');
    const metrics = await (await fetch(`${state.url}/metrics`, { headers })).text();
    assert.match(metrics, /mlops_unseen_values_total\{[^}]*column="plan"[^}]*\} \d/);
    assert.match(metrics, /mlops_missing_values_total\{[^}]*column="signup"[^}]*\} \d/);
  });

  it('is explained by raw column, and watched by it', () => {
    const explained = JSON.parse(
      readFileSync(join(bucket, 'artifacts/models/v1/explanation.json'), 'utf8'),
    ) as Explanation;
    assert.deepEqual(explained.features.map(({ name }) => name).sort(), ['active', 'plan', 'signup', 'town', 'usage']);
    const at = explained.features.findIndex(({ name }) => name === 'plan');
    assert.ok(explained.rows.some(({ values }) => values[at] === '01'));
    const { columns, verdict } = results();
    assert.equal(verdict, 'pass');
    assert.deepEqual(columns.map(({ column }) => column).sort(), ['active', 'plan', 'signup', 'town', 'usage']);
    assert.ok(columns.find(({ column }) => column === 'plan')!.psi! < 0.1);
    assert.equal(columns.find(({ column }) => column === 'signup')!.dates, true);
  });

  it('predicts the same from its bundle, on a file', async () => {
    const rows = join(place.path, 'new.csv');
    writeFileSync(
      rows,
      'plan,town,signup,active,usage\nbasic,town 4,2024-02-07,true,3.5\nplatinum,,2024-02-07,true,3.5\n',
    );
    const model = join(bucket, 'artifacts/models/v1/model.tar.gz');
    const predicted = await mlopsJson<{ rows: unknown[] }>(['model', 'predict', '--model', model, '--data', rows]);
    const served = await invoke(
      JSON.stringify([
        { plan: 'basic', town: 'town 4', signup: '2024-02-07', active: true, usage: 3.5 },
        { plan: 'platinum', town: null, signup: '2024-02-07', active: true, usage: 3.5 },
      ]),
    );
    const { probabilities } = JSON.parse(served.stdout) as { probabilities: number[] };
    for (const probability of probabilities) assert.ok(JSON.stringify(predicted.rows).includes(String(probability)));
  });

  it('counts the values of a scored file that training never had, and the missing ones, by column', async () => {
    const rows = join(place.path, 'counted.csv');
    writeFileSync(
      rows,
      'plan,town,signup,active,usage\nbasic,town 4,2024-02-07,true,3.5\nplatinum,,2024-02-07,true,\nplatinum,atlantis,2024-02-07,true,1\n',
    );
    const out = join(place.path, 'counted-scored.csv');
    const { stdout } = await mlops(['predict', rows, '--out', out, '--project', project]);
    assert.match(stdout, /3 rows by v1/);
    assert.match(stdout, /values that training never had: plan 2, town 1; missing values: usage 1, town 1/);
  });
});
