import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

/** Predictions of some days: what came of a row is 1 with the probability that its score says. */
function predictions(
  seed: number,
  month: string,
  rows: number,
  label: (y: number) => string | number = (y) => y,
): string[] {
  const chance = lcgNumbers(seed);
  return Array.from({ length: rows }, (_, at) => {
    const score = Math.min(0.99, Math.max(0.01, chance()));
    const y = chance() < score ? 1 : 0;
    const day = String(1 + Math.floor((28 * at) / rows)).padStart(2, '0');
    return `D${at % 200},${month}-${day} ${String(at % 24).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:${String(at % 59).padStart(2, '0')},${(100 * score).toFixed(2)},${score.toFixed(4)},${label(y)}`;
  });
}
const csv = (...rows: string[]) => `device,at,load,p,broken\n${rows.join('\n')}\n`;

describe('predictions that are made elsewhere', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const project = join(place.path, 'scores');
  const file = (name: string, text: string) => {
    const path = join(place.path, name);
    writeFileSync(path, text);
    return path;
  };
  const judge = (path: string) => mlops(['judge', path, '--project', project]);

  before(async () => {
    const table = file('scores.csv', csv(...predictions(5, '2026-01', 900), ...predictions(6, '2026-02', 900)));
    const asked = ['--score', 'p', '--label', 'broken', '--time', 'at', '--entity', 'device'];
    const made = await mlops(['init', project, '--predictions', table, ...asked, '--reference-until', '2026-02-01']);
    assert.equal(made.code, 0, made.stderr);
  });
  after(() => place.remove());

  it('are held against a reference period, though the same things stand in both; nothing is trained or served', async () => {
    const run = await mlopsJson<Run>(['run', '--project', project]);
    assert.equal(run.verdict, 'pass', JSON.stringify(run.error));
    const statuses = Object.fromEntries(run.stages.map(({ name, status, reason }) => [name, `${status}: ${reason}`]));
    assert.equal(statuses.deploy, 'skipped: the predictions are made elsewhere: nothing is served');
    assert.equal(statuses.retrain, 'skipped: the predictions are made elsewhere: nothing here can be trained');
    assert.equal(run.stages.find(({ name }) => name === 'monitor')!.figures.n, 900);
    assert.ok(!readdirSync(join(project, '.mlops')).includes('endpoints'));
  });

  it('of the next months are judged file by file: healthy, turned round, and without labels until they come', async () => {
    assert.equal((await judge(file('march.csv', csv(...predictions(7, '2026-03', 900))))).code, 0);
    const turned = await judge(file('april.csv', csv(...predictions(8, '2026-04', 900, (y) => 1 - y))));
    assert.equal(turned.code, 1, turned.stdout);
    assert.match(turned.stdout, /✗ fail {2}useful/);
    const waiting = await judge(file('may.csv', csv(...predictions(9, '2026-05', 900, () => ''))));
    assert.equal(waiting.code, 3, waiting.stdout);
    const labels = predictions(9, '2026-05', 900).map((row) =>
      row
        .split(',')
        .filter((_, at) => [0, 1, 4].includes(at))
        .join(','),
    );
    const added = await mlops([
      'labels',
      'add',
      file('may-labels.csv', `device,at,broken\n${labels.join('\n')}\n`),
      '--project',
      project,
    ]);
    assert.equal(added.code, 0, added.stdout + added.stderr);
    assert.match(added.stdout, /may\.csv: 900 new, 900 of 900 rows have a label now/);
  });

  it('are refused without a column that holds them, naming it', async () => {
    const table = file('other.csv', csv(...predictions(5, '2026-01', 50)));
    const asked = ['--score', 'q', '--label', 'broken', '--time', 'at'];
    const { code, stderr } = await mlops(['init', join(place.path, 'other'), '--predictions', table, ...asked]);
    assert.equal(code, 2);
    assert.match(stderr, /--score: found no column "q", expected one of "load", "p"/);
  });
});
