import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSession } from '../../../src/data/duckdb/session.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const rows = Array.from({ length: 200 }, (_, at) => [at, 100 + (at % 7), ['A', 'B'][at % 2], at % 3 === 0 ? 1 : 0]);
const table = (changed: Record<number, unknown[]>) =>
  ['id,volt,kind,y', ...rows.map((row, at) => (changed[at] ?? row).join(','))].join('\n') + '\n';

describe('what a source expects of its rows', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  after(() => place.remove());

  const project = (source: Record<string, unknown>, more: object = {}) => {
    const file = {
      ...more,
      name: 'machines',
      sources: { readings: { files: 'readings.csv', ...source } },
      features: {
        entity: 'id',
        split: { by: 'entity', train: 0.5, validation: 0.2, test: 0.1, production: 0.2 },
      },
      model: {
        task: 'binary',
        target: 'y',
        candidates: [{ name: 'line', family: 'logistic-regression', columns: ['volt'] }],
      },
      endpoint: { name: 'machines' },
      monitor: { gates: [{ id: 'auc', level: 'advisory', rule: 'roc_auc >= 0.1' }] },
    };
    writeFileSync(join(place.path, 'mlops.json'), JSON.stringify(file, null, 2));
    writeFileSync(join(place.path, 'features.sql'), 'SELECT * FROM readings');
  };
  const run = () => mlops(['run', '--to', 'features', '--json', '--project', place.path]);
  const write = (changed: Record<number, unknown[]>) => writeFileSync(join(place.path, 'readings.csv'), table(changed));
  const expect = { volt: { min: 0, max: 200 }, kind: { in: ['A', 'B'], required: true } };
  const kept = () => join(place.path, '.mlops/buckets/machines/ingest_errors/readings.parquet');

  it('stops the run and names column, value and how many rows do not fit', async () => {
    project({ expect });
    for (const [row, told] of [
      [[3, -1, 'A', 0], /found "-1" in column volt, expected at least 0/],
      [[3, 250.5, 'A', 0], /found "250\.5" in column volt, expected at most 200/],
      [[3, 100, 'C', 0], /found "C" in column kind, expected one of A, B/],
      [[3, 100, '', 0], /found nothing in column kind, expected a value in every row/],
      [[3, 'NaN', 'A', 0], /found "nan" in column volt, expected at least 0/i],
    ] as const) {
      write({ 3: [...row] });
      const { code, stderr, stdout } = await run();
      assert.equal(code, 2, `${String(told)}: ${stdout}`);
      assert.match(stderr + stdout, told);
      assert.match(stderr + stdout, /"unfit": "set-aside"/);
    }
  });

  it('tells no value of a private column', async () => {
    project({ expect }, { private: ['kind'] });
    write({ 3: [3, 100, 'CANARY', 0] });
    const { code, stderr, stdout } = await run();
    assert.equal(code, 2);
    assert.match(stderr + stdout, /found a private value in column kind, expected one of A, B/);
    assert.doesNotMatch(stderr + stdout, /CANARY/);
  });

  it('sets them aside where it is told to: counted, said, and kept with their reasons', async () => {
    project({ expect, unfit: 'set-aside' });
    write({ 3: [3, -1, 'A', 0], 4: [4, 100, 'C', 1], 5: [5, '', 'A', 0] });
    const { code, stdout, stderr } = await run();
    assert.equal(code, 0, stderr);
    const { stages } = JSON.parse(stdout) as Run;
    const features = stages.find(({ name }) => name === 'features')!;
    assert.equal(features.figures.readings_set_aside, 2, 'a missing voltage is fit: it is not required');
    assert.equal(features.figures.entities, 198);
    const session = await openSession({ folders: [place.path, join(kept(), '..')] });
    const found = await session.rows(`SELECT id, unfit FROM read_parquet('${kept()}') ORDER BY id`);
    session.close();
    assert.deepEqual(
      found.map(({ id, unfit }) => [Number(id), unfit]),
      [
        [3, 'volt: expected at least 0'],
        [4, 'kind: expected one of A, B'],
      ],
    );
  });

  it('keeps nothing of an earlier run once all rows fit, and takes them in', async () => {
    write({});
    const { code, stdout } = await run();
    assert.equal(code, 0);
    const features = (JSON.parse(stdout) as Run).stages.find(({ name }) => name === 'features')!;
    assert.equal(features.figures.entities, 200);
    assert.ok(!existsSync(kept()));
  });

  it('names a column that is not there, and a limit that nothing can keep, with its line', async () => {
    project({ expect: { watt: { min: 0 } } });
    assert.match((await run()).stderr, /source readings: found no column watt, which "expect" names/);
    project({ expect: { volt: { min: 5, max: 1 } } });
    const line =
      readFileSync(join(place.path, 'mlops.json'), 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('"volt"')) + 1;
    assert.match((await run()).stderr, new RegExp(`mlops.json:${line}:.*sources.readings.expect.volt`));
  });
});
