import assert from 'node:assert/strict';
import { bounded } from '../../../src/report/bounds.js';
import { openDocument } from '../../../src/report/open.js';
import { blocksOf, plain, text, section } from '../../support/documents.js';

describe('a large document', () => {
  it('of 50 MB opens in about two seconds of work, shows what moved farthest and says how much it left out', function () {
    this.timeout(60_000);
    const results = JSON.parse(text('monitoring-fail')) as { columns: { column: string; z: number }[] };
    const one = JSON.stringify({ ...results.columns[0], z: 0.1 });
    const columns = Array.from({ length: Math.ceil(55e6 / one.length) }, (_, at) =>
      one.replace(/"column":"[^"]*"/, `"column":"f${at}"`),
    );
    const far = one.replace('"z":0.1', '"z":7').replace(/"column":"[^"]*"/, '"column":"the far one"');
    const big = JSON.stringify({ ...results, columns: [] }).replace(
      '"columns":[],',
      () => `"columns":[${columns.join()},${far}],`,
    );
    assert.ok(big.length > 50e6);

    const before = process.cpuUsage();
    const message = openDocument('monitoring_results.json', big, plain);
    const { user } = process.cpuUsage(before);
    assert.ok(user < 4e6, `${user / 1e6} s`);
    assert.ok(message.type === 'report' && message.view.kind === 'monitoring');
    const { origin } = message.view;
    const drift = section(blocksOf(message.view), 'table', 'drift');
    assert.deepEqual([drift.rows.length, drift.rows[0]!.id], [1000, 'the far one']);
    assert.match(origin ?? '', /^Of [\d,]+ columns, the farthest moved 1,000 are shown\.$/);
    assert.ok(JSON.stringify(message).length < 2e6);
  });

  it('of a hundred thousand gates opens in two seconds of work, shows those that failed and says how many there are', function () {
    this.timeout(60_000);
    const results = JSON.parse(text('monitoring-fail')) as { gates: { id: string; status: string }[] };
    const passed = { ...results.gates.find(({ status }) => status === 'pass')! };
    const gates = Array.from({ length: 100_000 }, (_, at) => ({ ...passed, id: `g${at}` }));
    const big = JSON.stringify({ ...results, gates: [...gates, { ...passed, id: 'the failed one', status: 'fail' }] });
    const before = process.cpuUsage();
    const message = openDocument('monitoring_results.json', big, plain);
    const { user } = process.cpuUsage(before);
    assert.ok(user < 2e6, `${user / 1e6} s`);
    assert.ok(message.type === 'report');
    assert.match(
      message.view.origin ?? '',
      /^Of 100,001 gates, those that do not pass and then the first, together 1,000/,
    );
    assert.match(JSON.stringify(message.view), /"id":"the failed one"/);
  });

  it('cuts what is well, before what cannot be told and what drifted', () => {
    const many = <Column>(column: Column) => Array.from({ length: 1000 }, () => column);
    const kept = (columns: object[]) => {
      const { json } = bounded({ columns }) as { json: { columns: { column?: string }[] } };
      return json.columns.slice(0, 3).map(({ column }) => column);
    };
    assert.deepEqual(
      kept([
        ...many({ z: 0.3 }),
        { column: 'unknown', z: null },
        { column: 'far', z: 3 },
        { column: 'new', infinite: true },
      ]),
      ['new', 'far', 'unknown'],
    );
    assert.deepEqual(
      kept([...many({ drifted: false }), { column: 'unknown', drifted: null }, { column: 'yes', drifted: true }]),
      ['yes', 'unknown', undefined],
    );
  });

  it('keeps both ends of a long curve, and its arrays parallel', () => {
    const recall = Array.from({ length: 10_001 }, (_, at) => at);
    const { json } = bounded({ curves: { pr: { recall, precision: recall } } }) as {
      json: { curves: { pr: { recall: number[]; precision: number[] } } };
    };
    const { pr } = json.curves;
    assert.deepEqual([pr.recall[0], pr.recall.at(-1)], [0, 10_000]);
    assert.ok(pr.recall.length <= 2001);
    assert.deepEqual(pr.recall, pr.precision);
  });

  it('that is small stays as it is', () => {
    const json = JSON.parse(text('monitoring-fail')) as unknown;
    assert.deepEqual(bounded(json), { json, note: '' });
  });
});
