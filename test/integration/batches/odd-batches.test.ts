import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { zipSync } from 'fflate';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

interface Row {
  id: string;
  day: string;
  area: string;
  price: string;
}
const names = ['id', 'day', 'area', 'price'] as const;

function rowsOf(month: string, seed: number): Row[] {
  const u = lcgNumbers(seed);
  return Array.from({ length: 200 }, (_, at) => {
    const area = 40 + 100 * u();
    const day = `2026-${month}-${String(1 + (at % 28)).padStart(2, '0')}`;
    return { id: `H${at}`, day, area: area.toFixed(1), price: (3 * area + 20 * u()).toFixed(1) };
  });
}

describe('batches that are almost as the first table was', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  const project = join(place.path, 'houses');
  const csv = (name: string, rows: readonly Row[], head: readonly string[] = names) => {
    const path = join(place.path, name);
    const lines = rows.map((row) => names.map((column) => row[column]).join(','));
    writeFileSync(path, `${head.join(',')}\n${lines.join('\n')}\n`);
    return path;
  };
  const judge = (path: string) => mlops(['judge', path, '--project', project]);

  before(async () => {
    const table = csv('houses.csv', rowsOf('01', 3));
    await mlops(['init', project, '--from', table, '--target', 'price', '--entity', 'id', '--time', 'day']);
    const ran = await mlops(['run', '--project', project]);
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  });
  after(async () => {
    await mlops(['endpoint', 'delete', 'houses', '--project', project]);
    place.remove();
  });

  it('names in other letters are the same columns, as SQL has it', async () => {
    const { code, stdout, stderr } = await judge(csv('letters.csv', rowsOf('02', 4), ['ID', 'Day', 'AREA', 'Price']));
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /on 200 rows of letters\.csv/);
  });

  it('one that lies alone in a zip is read: judged, given its labels, scored; among others it is refused', async () => {
    const zip = (name: string, ...paths: string[]) => {
      const members = Object.fromEntries(paths.map((path) => [basename(path), readFileSync(path)]));
      writeFileSync(join(place.path, name), zipSync(members));
      return join(place.path, name);
    };
    const rows = rowsOf('06', 8);
    const unlabelled = csv(
      'june.csv',
      rows.map((row) => ({ ...row, price: '' })),
    );
    const judged = await judge(zip('june.zip', unlabelled));
    assert.match(judged.stdout, /on \d+ rows of june\.zip/, judged.stderr);
    const labels = zip('june-labels.zip', csv('june-labels.csv', rows));
    const added = await mlops(['labels', 'add', labels, '--project', project]);
    assert.equal(added.code, 0, added.stdout + added.stderr);
    assert.match(added.stdout, /june\.zip: 200 new, 200 of 200 rows have a label now/);
    const out = join(place.path, 'scored.csv');
    const scored = await mlops(['predict', zip('score.zip', unlabelled), '--out', out, '--project', project]);
    assert.equal(scored.code, 0, scored.stderr);
    const [header, first] = readFileSync(out, 'utf8').split('\n');
    assert.equal(header, 'id,day,area,price,prediction');
    assert.equal(first!.split(',')[2], rows[0]!.area);
    const two = await judge(zip('two.zip', unlabelled, csv('july.csv', rows)));
    assert.equal(two.code, 2);
    assert.match(two.stderr, /two\.zip: found 2 tables in it: june\.csv, july\.csv, expected one table/);
  });

  it('labels and times that cannot be read are refused, and no row is said to wait for its label', async () => {
    const dotted = rowsOf('03', 5).map((row) => ({ ...row, day: row.day.split('-').reverse().join('.') }));
    const times = await judge(csv('times.csv', dotted));
    assert.equal(times.code, 2, times.stdout);
    assert.match(
      times.stderr,
      /times\.csv: found "01\.03\.2026" in column day \(200 of 200 values\), expected times, as in/,
    );
    const words = rowsOf('04', 6).map((row, at) => (at === 7 ? { ...row, price: 'sold' } : row));
    const labels = await judge(csv('labels.csv', words));
    assert.equal(labels.code, 2, labels.stdout);
    assert.match(
      labels.stderr,
      /labels\.csv: found "sold" in column price \(1 of 200 values\), expected numbers, as in/,
    );
  });

  it('rows without a score have their labels all the same', async () => {
    const path = csv(
      'gaps.csv',
      rowsOf('05', 7).map((row) => ({ ...row, area: '' })),
    );
    const args = ['judge', path, '--project', project, '--model-version', 'v1'];
    const results = await mlopsJson<MonitoringResults>(args);
    const told = results.notes!.join('\n');
    assert.deepEqual([results.n, results.unlabelled], [0, 0]);
    assert.match(results.gates[0]!.message, /none of 200 rows has a score/);
    assert.doesNotMatch(told, /no label/i);
  });
});
