import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { latestRecords } from '../../../src/data/feature-group.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import type { Run } from '../../../src/documents/run.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { plainFeatures, type Snapshot, type Station, type Weather } from './plain-bikeshare.js';

describe('bikeshare: stock-outs half an hour ahead, from the sample to the verdict', function () {
  this.timeout(120_000);
  let project: MadeProject;
  let run: Run;

  before(async () => {
    project = await madeProject('bikeshare', '--sample');
    // A night of which no weather is known: after six hours there is none.
    const weather = join(project.folder, 'data/weather.csv');
    const lines = readFileSync(weather, 'utf8').split('\n');
    writeFileSync(weather, [...lines.slice(0, 30), ...lines.slice(40)].join('\n'));
    run = await mlopsJson<Run>(['run', '--project', project.folder]);
  });
  after(() => project.remove());

  const table = (name: string) => {
    const [head, ...lines] = readFileSync(join(project.folder, 'data', name), 'utf8')
      .trim()
      .split('\n');
    const names = head!.split(',');
    return lines.map((line) => Object.fromEntries(line.split(',').map((value, at) => [names[at]!, value])));
  };

  it('passes its gates', () => {
    assert.equal(run.error, null);
    assert.equal(run.verdict, 'pass');
  });

  it('has all 25 features of a plain recomputation, in every row of every part', async () => {
    const snapshots = table('status/status.csv').map((row): Snapshot => ({
      station: row.station_id!,
      step: Number(row.snapshot_last_updated) / 300,
      bikes: Number(row.num_bikes_available),
      docks: Number(row.num_docks_available),
    }));
    const stations = table('stations.csv').map((row): Station => ({
      id: row.station_id!,
      lat: Number(row.lat),
      lon: Number(row.lon),
      capacity: Number(row.capacity),
    }));
    const weather = table('weather.csv').map(({ time, ...values }): Weather => ({
      step: Date.parse(`${time!.replace(' ', 'T')}Z`) / 300_000,
      values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)])),
    }));
    const expected = plainFeatures(snapshots, stations, weather);
    const root = join(project.folder, '.mlops/buckets/bikeshare/feature-store');
    const [some] = expected.values();
    assert.equal(Object.keys(some!).length, 25 + 1, 'all features and the label');
    let compared = 0;
    let withoutWeather = 0;
    for (const part of ['train', 'validation', 'test', 'production']) {
      const files = readdirSync(join(root, `bikeshare-${part}`), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.parquet'))
        .map((file) => join(root, `bikeshare-${part}`, file));
      const rows = await withSession({ folders: files.map((file) => dirname(file)) }, (session) =>
        session.rows(`SELECT *, epoch(dt::TIMESTAMP)::BIGINT // 300 AS step FROM (${latestRecords(files)})`),
      );
      for (const row of rows) {
        const plain = expected.get(`${String(row.station_id)} ${String(row.step)}`);
        assert.ok(plain, `a snapshot of ${String(row.tick)}`);
        for (const [name, value] of Object.entries(plain)) {
          const found = row[name] === null ? null : Number(row[name]);
          const close = found === value || Math.abs(found! - value!) < 1e-9 * Math.max(1, Math.abs(value!));
          assert.ok(close, `${name} of ${String(row.tick)}: found ${found}, expected ${value}`);
        }
        compared += 1;
        if (row.temp_c === null) withoutWeather += 1;
      }
    }
    assert.ok(compared > 40_000, `${compared} rows`);
    assert.ok(withoutWeather > 1000, `${withoutWeather} rows of which no weather is known`);
  });
});
