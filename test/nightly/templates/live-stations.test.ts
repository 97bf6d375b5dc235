import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../../src/documents/ledger.js';
import type { RiskMap } from '../../../src/documents/map/risk-map.js';
import type { Admission } from '../../../src/documents/releases/admission.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

interface Line {
  inference_id: string;
  risk: number;
  threshold: number;
  label?: number;
}

describe('bikeshare, watched: each station by the endpoint, how it turned out, and where bikes are missing', function () {
  this.timeout(180_000);
  let project: MadeProject;
  let bucket: string;
  /** Of the last snapshot, five minutes before midnight. */
  const last = Date.parse('2025-01-04T23:55:00Z') / 1000;
  const said: string[] = [];

  const look = async () => {
    const { code, stdout, stderr } = await mlops(['watch', '--once', '--project', project.folder]);
    assert.equal(code, 0, stderr);
    said.push(stdout);
  };
  const lines = (key: string): Line[] =>
    readFileSync(join(bucket, key), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const metrics = (): Record<string, number[]> => {
    const folder = join(project.folder, '.mlops/metrics');
    const found: Record<string, number[]> = {};
    for (const file of readdirSync(folder))
      for (const line of readFileSync(join(folder, file), 'utf8').trim().split('\n')) {
        const { namespace, metric, dimensions, values } = JSON.parse(line) as {
          namespace: string;
          metric: string;
          dimensions: Record<string, string>;
          values: number[];
        };
        if (namespace !== 'Bikeshare/Model') continue;
        assert.deepEqual(dimensions, { EndpointName: 'bikeshare' });
        (found[metric] ??= []).push(...values);
      }
    return found;
  };
  /** Requests are written down within a second; here at once. */
  const captureIsWritten = async () => {
    const show = ['endpoint', 'show', 'bikeshare', '--project', project.folder];
    const { url, tokenFile } = await mlopsJson<{ url: string; tokenFile: string }>(show);
    const headers = { authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` };
    assert.ok((await fetch(`${url}/admin/flush`, { method: 'POST', headers })).ok);
  };
  const first = 'inference/dt=2025-01-04-23-55/predictions.jsonl';

  before(async () => {
    project = await madeProject('bikeshare', '--sample');
    bucket = join(project.folder, '.mlops/buckets/bikeshare');
    const run = await mlopsJson<Run>(['run', '--project', project.folder]);
    assert.equal(run.verdict, 'pass');
    await look();
  });
  after(() => project.remove());

  it('asks about every station of the newest moment, each under its own inference id', async () => {
    await captureIsWritten();
    const asked = lines(first);
    assert.deepEqual(
      asked.map(({ inference_id: id }) => id),
      Array.from({ length: 40 }, (_, at) => `2025-01-04-23-55_${100 + at}`),
    );
    const captured = join(bucket, 'monitoring/data-capture/bikeshare');
    const records = readdirSync(captured, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.jsonl'))
      .flatMap((name) => readFileSync(join(captured, name), 'utf8').trim().split('\n'));
    for (const { inference_id: id } of asked)
      assert.ok(
        records.some((record) => record.includes(`"inferenceId":"${id}"`)),
        id,
      );
    assert.deepEqual(metrics().PredictionHeartbeat, [1]);
    assert.equal(metrics()['Samples-24h'], undefined, 'nothing is known yet');
  });

  it('draws the map: stations by risk, and bikes that could be moved to them', async () => {
    const map = JSON.parse(readFileSync(join(bucket, 'inference/map.json'), 'utf8')) as RiskMap;
    const risks = new Map(lines(first).map(({ inference_id: id, risk }) => [id.slice(17), risk]));
    assert.equal(map.places.length, 40);
    for (const { id, risk } of map.places) assert.equal(risk, risks.get(id));
    const worst = map.places[0]!;
    const brought = map.moves.filter(({ to }) => to === worst.id).reduce((sum, { count }) => sum + count, 0);
    assert.equal(brought, Math.round(worst.risk! * worst.capacity! * 0.3));
    const { code, stdout } = await mlops([
      'report',
      'inference/map.json',
      '--format',
      'markdown',
      '--project',
      project.folder,
    ]);
    assert.equal(code, 0);
    assert.ok(stdout.includes('Where bikes run out'));
  });

  it('does not ask twice, and joins predictions with what came of them once that is settled', async () => {
    await look();
    assert.deepEqual(metrics().PredictionHeartbeat, [1], 'the same moment is asked about once');
    // Three quarters of an hour later: every third station has two bikes, the others ten.
    const bikes = (station: number) => (station % 3 === 0 ? 2 : 10);
    const rows = Array.from({ length: 9 }, (_, step) =>
      Array.from({ length: 40 }, (_, at) => {
        const moment = last + 300 * (step + 1);
        return `${moment},${100 + at},${bikes(at)},${20 - bikes(at)}`;
      }),
    ).flat();
    const head = 'snapshot_last_updated,station_id,num_bikes_available,num_docks_available';
    writeFileSync(join(project.folder, 'data/status/later.csv'), `${[head, ...rows].join('\n')}\n`);
    await look();

    const outcomes = lines('monitoring/quality/dt=2025-01-04-23-55/quality.jsonl');
    assert.deepEqual(
      outcomes.map(({ label }) => label),
      Array.from({ length: 40 }, (_, at) => Number(at % 3 === 0)),
    );
    const { PredictionHeartbeat: beats, ...figures } = metrics();
    assert.deepEqual(beats, [1, 1]);
    const { threshold } = outcomes[0]!;
    const hits = outcomes.filter(({ risk }) => risk >= threshold);
    const right = hits.filter(({ label }) => label === 1).length;
    assert.deepEqual(figures['Samples-24h'], [40]);
    assert.deepEqual(figures['ThresholdHitRate-24h'], [hits.length / 40]);
    assert.deepEqual(figures['F1-24h'], [(2 * right) / (hits.length + 14)]);
    // Of each that ran out: the share that ran out among all of the same risk or more.
    const atLeast = (least: number) => outcomes.filter(({ risk }) => risk >= least);
    const share = (some: Line[]) => some.filter(({ label }) => label === 1).length / some.length;
    const ranOut = outcomes.filter(({ label }) => label === 1);
    const area = ranOut.reduce((sum, { risk }) => sum + share(atLeast(risk)), 0) / 14;
    assert.ok(Math.abs(figures['PR-AUC-24h']![0]! - area) < 1e-12, `${figures['PR-AUC-24h']![0]} and ${area}`);
    assert.ok(figures.PSI!.every((value) => value >= 0));
  });

  it('stands before a release: what it measured is held against the table of the gate, and drift may be answered for', async () => {
    const path = join(project.folder, 'mlops.json');
    const own = { namespace: 'Bikeshare/Model' };
    const admit = [
      { id: 'pr-auc', ...own, metric: 'PR-AUC-24h', take: 'mean', rule: '>= 0.70' },
      { id: 'f1', ...own, metric: 'F1-24h', take: 'mean', rule: '>= 0.55' },
      { id: 'latency', metric: 'ModelLatency', statistic: 'p95', take: 'max', rule: '<= 200000' },
      { id: 'errors', metric: 'Invocation5XXErrors', take: 'sum', rule: '<= 0', none: 'pass' },
      { id: 'heartbeat', ...own, metric: 'PredictionHeartbeat', take: 'sum', rule: '>= 144' },
      { id: 'psi', ...own, metric: 'PSI', take: 'max', rule: '< 0.20', none: 'pass', waivable: true },
    ];
    const release = `"release": ${JSON.stringify({ admit })},`;
    writeFileSync(path, readFileSync(path, 'utf8').replace('"endpoint":', `${release} "endpoint":`));
    // An hour ago, for a period's value is the mean of its points.
    const at = new Date(Date.now() - 3600_000).toISOString().slice(0, 17) + '00.000Z';
    const point = {
      namespace: 'Bikeshare/Model',
      metric: 'PSI',
      dimensions: { EndpointName: 'bikeshare' },
      at,
      values: [0.2],
      counts: [1],
    };
    appendFileSync(join(project.folder, '.mlops/metrics', `${at.slice(0, 10)}.jsonl`), `${JSON.stringify(point)}\n`);
    const states = async () => {
      const answer = await mlops(['release', 'admit', '--json', '--quiet', '--project', project.folder]);
      assert.equal(answer.code, 1);
      const { checks } = JSON.parse(answer.stdout) as Admission;
      // How fast this machine is says nothing here.
      return Object.fromEntries(checks.filter(({ id }) => id !== 'latency').map(({ id, status }) => [id, status]));
    };
    // Of 40 stations that went their own way the figures cannot be well, and two looks are no day.
    const others = { 'pr-auc': 'fail', f1: 'fail', errors: 'pass', heartbeat: 'fail' };
    assert.deepEqual(await states(), { ...others, psi: 'fail' });
    const waiver = ['--owner', 'the shift', '--until', '2099-01-01', '--reason', 'a festival'];
    const waived = await mlops(['waive', 'psi', ...waiver, '--project', project.folder]);
    assert.equal(waived.code, 0, waived.stderr);
    assert.deepEqual(await states(), { ...others, psi: 'waived' });
    const refused = await mlops(['waive', 'heartbeat', ...waiver, '--project', project.folder]);
    assert.equal(refused.code, 2, 'what the project does not let be waived');
    const { entries } = await mlopsJson<Ledger>(['history', '--project', project.folder]);
    assert.ok(
      entries.some(({ what, why }) => what === 'waiver' && why === 'a festival'),
      JSON.stringify(entries[0]),
    );
  });

  it('says what it did, and nothing where nothing was new', () => {
    assert.match(said[0]!, /live: 1 look; 40 of 40 rows of 2025-01-04T23:55:00.000Z answered by bikeshare/);
    assert.match(said[1]!, /live: 1 look; nothing changed/);
    assert.match(said[2]!, /1 earlier moment has its labels/);
  });
});
