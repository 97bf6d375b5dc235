import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelVersion } from '../../../src/platform/ports/registry.js';
import type { GateResult } from '../../../src/documents/gates/verdict.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

interface Answer {
  verdict: string;
  gates: GateResult[];
}
/** The gates that watch the rows, not what is predicted of them. */
const watched = ['nulls', 'drift', 'categories'];

/** The file of the newest verdict. */
function newestResults(project: string): string {
  const buckets = join(project, '.mlops/buckets');
  const runs = join(buckets, readdirSync(buckets)[0]!, 'monitoring/runs');
  return join(runs, readdirSync(runs).sort().at(-1)!, 'monitoring_results.json');
}

describe('mlops init --from TABLE', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  const folder = join(place.path, 'made');
  after(async () => {
    await mlops(['endpoint', 'delete', 'customers-2024', '--project', folder]);
    place.remove();
  });

  it('makes a project that runs to a verdict, with a proven model and the table untouched', async () => {
    const u = lcgNumbers(3);
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const [age, plan] = [20 + Math.floor(u() * 50), u() < 0.5 ? 'basic' : 'plus & more'];
      const stays = u() < (plan === 'basic' ? 0.05 : 0.6) + age / 250;
      return `C${i};${u() < 0.05 ? '' : age};${plan};${stays ? 'yes' : 'no'}`;
    });
    const csv = `customer;Age;plan;stays\n${rows.join('\n')}\n`;
    const file = join(place.path, 'Customers 2024.csv');
    writeFileSync(file, csv);
    const looked = await mlopsJson<{ files: string[]; understood: { text: string }[] }>([
      ...['init', folder, '--from', file, '--target', 'stays', '--positive', 'yes', '--dry-run'],
    ]);
    assert.deepEqual(looked.files, []);
    assert.match(looked.understood[0]!.text, /^predicts stays \(binary, "yes" counts as 1\)$/);
    assert.equal(existsSync(folder), false);
    const made = await mlopsJson<{ task: string; inputs: string[] }>([
      ...['init', folder, '--from', file, '--target', 'stays', '--positive', 'yes'],
    ]);
    assert.deepEqual([made.task, made.inputs], ['binary', ['Age', 'plan']]);
    assert.equal(readFileSync(join(folder, 'data/Customers 2024.csv'), 'utf8'), csv);

    const run = await mlopsJson<Run>(['run', '--project', folder]);
    assert.equal(run.error, null);
    const { models } = await mlopsJson<{ models: ModelVersion[] }>(['model', 'list', '--project', folder]);
    const first = models.at(-1)!;
    assert.equal(first.status, 'Approved', first.description);
    assert.ok(first.metrics.roc_auc! > 0.75, `${first.metrics.roc_auc}`);
  });

  it('writes gates that see a category that training never had, and values that are missing now', async () => {
    const data = join(folder, 'data/Customers 2024.csv');
    const lines = readFileSync(data, 'utf8').split('\n');
    const judge = async (change: (cells: string[], at: number) => string[]) => {
      const rows = lines.slice(1).map((line, at) => (line === '' ? line : change(line.split(';'), at).join(';')));
      writeFileSync(data, [lines[0], ...rows].join('\n'));
      await mlopsJson<Run>(['run', '--from', 'ingest', '--to', 'features', '--project', folder]);
      await mlops(['monitor', '--project', folder]);
      return JSON.parse((await mlops(['gate', '--json', '--project', folder])).stdout) as Answer;
    };
    const answers = ({ gates }: Answer) =>
      Object.fromEntries(gates.filter(({ id }) => watched.includes(id)).map(({ id, status }) => [id, status]));
    const same = await judge((cells) => cells);
    assert.deepEqual(answers(same), { nulls: 'pass', drift: 'pass', categories: 'pass' });
    const fresh = await judge(([id, age, plan, stays], at) => [id!, age!, at % 2 === 0 ? 'family' : plan!, stays!]);
    assert.deepEqual(answers(fresh), { nulls: 'pass', drift: 'pass', categories: 'fail' });
    assert.notEqual(fresh.verdict, 'pass');
    const { message } = fresh.gates.find(({ id }) => id === 'categories')!;
    assert.match(message, /^population stability index of plan .*; \d+(\.\d)? % of its values .*never had: family$/);
    const gone = await judge(([id, age, plan, stays], at) => [id!, age!, at % 5 === 0 ? '' : plan!, stays!]);
    assert.deepEqual(answers(gone), { nulls: 'fail', drift: 'pass', categories: 'pass' });
    assert.notEqual(gone.verdict, 'pass');
    const both = await judge(([id, age, plan, stays], at) => [
      id!,
      at % 2 ? '' : age!,
      at % 2 ? 'family' : plan!,
      stays!,
    ]);
    assert.deepEqual(answers(both), { nulls: 'fail', drift: 'pass', categories: 'fail' });
    assert.equal(both.verdict, 'fail', 'two that speak against a batch fail it');
    const told = await mlops(['gate', '--project', folder]);
    assert.equal(told.code, 1);
    assert.match(told.stdout, /fail {2}nulls .*share of nulls of Age/);
    assert.match(told.stdout, /fail {2}categories .*never had: family/);
    const report = await mlops(['report', newestResults(folder), '--format', 'markdown']);
    assert.match(report.stdout, /✕ fail \| .*nulls/i);
    assert.match(report.stdout, /never had: family/);
    writeFileSync(data, lines.join('\n'));
  });

  it('touches nothing that is there', async () => {
    const { code, stderr } = await mlops([
      'init',
      folder,
      '--from',
      join(folder, 'data/Customers 2024.csv'),
      '--target',
      'stays',
    ]);
    assert.equal(code, 2);
    assert.match(stderr, /expected a new or an empty folder/);
  });

  it('takes decimal commas where they are said, and learns from the numbers', async () => {
    const u = lcgNumbers(9);
    const rows = Array.from({ length: 200 }, (_, i) => {
      const price = u() * 100;
      return `A${i};${price.toFixed(2).replace('.', ',')};${price + 20 * u() > 60 ? 'ja' : 'nein'}`;
    });
    const table = join(place.path, 'artikel.csv');
    writeFileSync(table, `artikel;preis;retoure\n${rows.join('\n')}\n`);
    const made = join(place.path, 'artikel');
    const init = ['init', made, '--from', table, '--target', 'retoure', '--decimal', ','];
    const { inputs } = await mlopsJson<{ inputs: string[] }>(init);
    assert.deepEqual(inputs, ['preis']);
    const run = await mlopsJson<Run>(['run', '--to', 'features', '--project', made]);
    assert.equal(run.error, null);
    const query = ['feature-group', 'query', 'artikel-train', '--sql', 'SELECT max(preis) > 50 FROM records'];
    const { rows: found } = await mlopsJson<{ rows: unknown[][] }>([...query, '--project', made]);
    assert.match(String(found[0]![0]), /true/);
  });

  it('says of a table of few rows that there is nothing to tell apart, and blames no candidate', async () => {
    const table = join(place.path, 'few.csv');
    writeFileSync(table, `x,y\n${Array.from({ length: 5 }, (_, i) => `${i},${i === 0 ? 1 : 0}`).join('\n')}\n`);
    const few = join(place.path, 'few');
    await mlops(['init', few, '--from', table, '--target', 'y']);
    const { code, stderr } = await mlops(['run', '--to', 'train', '--project', few]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /train: features\.sql: found y [01] in all 2 rows of the training part, expected both 0 and 1; bring more rows/,
    );
    assert.doesNotMatch(stderr, /candidate/);
  });

  it('numbers rows of which several are about one thing, and keeps that thing in one part', async () => {
    const u = lcgNumbers(12);
    const rows = (month: number) =>
      Array.from({ length: 600 }, (_, i) => {
        const x = u();
        return `C${i % 150},2026-0${month}-01,${x.toFixed(3)},${u() < x ? 1 : 0}`;
      });
    const table = join(place.path, 'visits.csv');
    const write = (name: string, header: string, lines: readonly string[]) => {
      const path = join(place.path, name);
      writeFileSync(path, `${[header, ...lines].join('\n')}\n`);
      return path;
    };
    const header = 'customer,day,x,y';
    write('visits.csv', header, rows(1));
    const [timeless, timed] = [join(place.path, 'timeless'), join(place.path, 'timed')];
    const init = ['--from', table, '--target', 'y', '--entity', 'customer'];
    const made = await mlops(['init', timeless, ...init, '--without', 'day']);
    assert.match(made.stdout, /named by customer.*several rows: each gets a number/, made.stderr);
    await mlops(['init', timed, ...init, '--time', 'day']);
    const toFeatures = await mlops(['run', '--to', 'features', '--project', timed]);
    assert.equal(toFeatures.code, 0, toFeatures.stderr);

    const run = await mlops(['run', '--to', 'train', '--project', timeless]);
    assert.equal(run.code, 0, run.stderr);
    const parts = ['train', 'validation', 'test', 'production'];
    const owners = new Map<string, string>();
    for (const part of parts) {
      const query = ['feature-group', 'query', `visits-${part}`, '--sql', 'SELECT DISTINCT customer FROM records'];
      const { rows: found } = await mlopsJson<{ rows: unknown[][] }>([...query, '--project', timeless]);
      for (const [customer] of found) {
        assert.equal(owners.get(String(customer)), undefined, `${String(customer)} in ${part}`);
        owners.set(String(customer), part);
      }
    }
    assert.equal(owners.size, 150);
    const batch = ['judge', write('february.csv', header, rows(2)), '--model-version', 'v1', '--project', timeless];
    const { batch: judged } = await mlopsJson<{ batch: { known: number; rows: number } }>(batch);
    assert.deepEqual([judged.known, judged.rows], [0, 600], 'row 7 of one file is not row 7 of another');
  });

  it('calls columns otherwise that are called as the feature store calls its own, and says so', async () => {
    const u = lcgNumbers(13);
    const rows = Array.from({ length: 400 }, (_, i) => {
      const x = u();
      const day = `2026-0${1 + (i % 6)}-${String(1 + (i % 28)).padStart(2, '0')}`;
      return `A${i},${day},${x.toFixed(3)},${(2 * u()).toFixed(3)},${u() < x ? 'yes' : 'no'}`;
    });
    const table = join(place.path, 'events.csv');
    writeFileSync(table, `id,Event_Time,x,write_time,is_deleted\n${rows.join('\n')}\n`);
    const events = join(place.path, 'events');
    const made = await mlops(['init', events, '--from', table, '--target', 'is_deleted', '--positive', 'yes']);
    assert.match(made.stdout, /look: write_time is called write_time_ in features\.sql/, made.stderr);
    const run = await mlops(['run', '--to', 'train', '--project', events]);
    assert.equal(run.code, 0, run.stderr);
    const settings = readFileSync(join(events, 'mlops.json'), 'utf8');
    for (const name of ['Event_Time_', 'write_time_', 'is_deleted_']) assert.ok(settings.includes(`"${name}"`), name);
  });
});
