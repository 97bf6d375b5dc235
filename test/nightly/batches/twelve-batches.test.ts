import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '../../../src/documents/batch.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { csvOf, customersOf, type Customer, type Month } from '../../support/monthly-customers.js';
import { temporaryFolder } from '../../support/temporary.js';

const columnsBut = (...left: (keyof Customer)[]) =>
  (['customer_id', 'month', 'age', 'plan', 'usage', 'note', 'stays'] as const).filter((name) => !left.includes(name));

/** The batches of docs/GATES.md. What is expected of each follows from how it is made, and from the rules of `init --from`. */
describe('twelve batches of one table', function () {
  this.timeout(180_000);
  const place = temporaryFolder();
  const project = join(place.path, 'customers');
  const first = customersOf({ month: '2026-01-31', seed: 3, rows: 1500 });

  before(async () => {
    const table = join(place.path, 'customers.csv');
    writeFileSync(table, csvOf(first));
    const asked = ['--target', 'stays', '--positive', 'yes', '--entity', 'customer_id', '--time', 'month'];
    const made = await mlops(['init', project, '--from', table, ...asked]);
    assert.equal(made.code, 0, made.stderr);
    const ran = await mlops(['run', '--project', project]);
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  });
  after(async () => {
    await mlops(['endpoint', 'delete', 'customers', '--project', project]);
    place.remove();
  });

  const file = (name: string, text: string) => {
    const path = join(place.path, name);
    writeFileSync(path, text);
    return path;
  };
  const month = (name: string, made: Partial<Month> = {}, columns?: readonly (keyof Customer)[]) =>
    file(name, csvOf(customersOf({ month: '2026-02-28', seed: 11, ...made }), columns));
  const judge = (path: string, ...more: string[]) =>
    mlopsJson<MonitoringResults>(['judge', path, '--project', project, ...more]);
  const statusOf = (results: MonitoringResults, id: string) => results.gates.find((gate) => gate.id === id)?.status;
  const groups = () => {
    const store = join(project, '.mlops', 'buckets', 'customers', 'feature-store');
    return readdirSync(store, { recursive: true, encoding: 'utf8' }).sort();
  };

  it('1 undrifted: passes by the version that serves, trains nothing and leaves the feature groups alone', async () => {
    const before = groups();
    const { code, stdout } = await mlops(['judge', month('undrifted.csv'), '--project', project]);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /verdict {2}✓ pass · v1 on 1,000 rows of undrifted\.csv/);
    assert.deepEqual(groups(), before);
    const models = join(project, '.mlops', 'buckets', 'customers', 'artifacts', 'models');
    assert.deepEqual(readdirSync(models), ['v1']);
  });

  it('2 shifted by four standard deviations: the drift of that column fails', async () => {
    const shifted = (one: Customer) => ({ ...one, usage: Number(one.usage) + 104 });
    const results = await judge(month('shifted.csv', { seed: 12, change: shifted }));
    assert.equal(statusOf(results, 'drift'), 'fail');
    assert.equal(results.verdict, 'warn');
  });

  it('3 half of a column is missing: the rise of its nulls fails', async () => {
    const nulls = (one: Customer, chance: () => number) => ({ ...one, usage: chance() < 0.5 ? '' : one.usage });
    const results = await judge(month('nulls.csv', { seed: 13, change: nulls }));
    assert.equal(statusOf(results, 'nulls'), 'fail');
    assert.notEqual(results.verdict, 'pass');
  });

  it('4 half of the plans are new: their shares fail', async () => {
    const fresh = (one: Customer, chance: () => number) => ({ ...one, plan: chance() < 0.5 ? 'gold' : one.plan });
    const results = await judge(month('new-category.csv', { seed: 14, change: fresh }));
    const categories = results.gates.find(({ id }) => id === 'categories')!;
    assert.equal(categories.status, 'fail');
    assert.match(categories.note!, /categories that training never had: gold/);
    assert.notEqual(results.verdict, 'pass');
  });

  it('5 flipped labels: worse than guessing, exit 1', async () => {
    const flipped = (one: Customer) => ({ ...one, stays: one.stays === 'yes' ? 'no' : 'yes' });
    const { code, stdout } = await mlops([
      'judge',
      month('flipped.csv', { seed: 15, change: flipped }),
      '--project',
      project,
    ]);
    assert.equal(code, 1, stdout);
    assert.match(stdout, /✗ fail {2}useful/);
    assert.match(stdout, /its rows train nothing; to learn from them: mlops batches accept flipped-[0-9a-f]{6}, then/);
  });

  for (const [number, name, change, columns] of [
    [6, 'no-labels.csv', (one: Customer) => ({ ...one, stays: '' }), undefined],
    [7, 'no-target.csv', (one: Customer) => one, columnsBut('stays')],
  ] as const)
    it(`${number} ${name}: nothing is known of quality yet, and drift is judged all the same`, async () => {
      const path = month(name, { seed: 10 + number, change }, columns);
      const { code, stdout } = await mlops(['judge', path, '--project', project]);
      assert.equal(code, 3, stdout);
      assert.match(stdout, /verdict {2}\? inconclusive/);
      assert.match(stdout, /No labels yet; add them with: mlops labels add FILE/);
      const results = await judge(path);
      assert.equal(results.unlabelled, 1000);
      assert.equal(statusOf(results, 'drift'), 'pass');
      const useful = results.gates.find(({ id }) => id === 'useful')!;
      assert.equal(useful.status, 'inconclusive');
      const { value, error } = results.estimated!.roc_auc!;
      assert.match(useful.message, /; estimated 0\.\d+ \(0\.\d+ to 0\.\d+\)$/);
      const labelled = await judge(month(`with-labels-${name}`, { seed: 10 + number }));
      assert.ok(
        Math.abs(labelled.metrics.roc_auc! - value) < 4 * error,
        `${labelled.metrics.roc_auc} ${value} ${error}`,
      );
      assert.equal(labelled.estimated, undefined, 'nothing is estimated of rows that have their labels');
    });

  it('8 the same customers a month later: all of them are judged', async () => {
    const results = await judge(month('same-entities.csv', { seed: 18, month: '2026-03-31', rows: 1500 }));
    assert.deepEqual([results.batch?.known, results.n, results.verdict], [0, 1500, 'pass']);
  });

  it('9 labels that come later turn what was inconclusive into a verdict', async () => {
    const rows = customersOf({ month: '2026-04-30', seed: 19 });
    const waiting = await mlops(['judge', file('april.csv', csvOf(rows, columnsBut('stays'))), '--project', project]);
    assert.equal(waiting.code, 3, waiting.stdout);
    const labels = file('april-labels.csv', csvOf(rows, ['customer_id', 'month', 'stays']));
    const { code, stdout } = await mlops(['labels', 'add', labels, '--project', project]);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /april\.csv: 1,000 new, 1,000 of 1,000 rows have a label now/);
    assert.match(stdout, /verdict {2}✓ pass · v1 on 1,000 rows of april\.csv/);
  });

  it('refuses labels other than rows have, and counts them, unless they are to be replaced', async () => {
    const rows = customersOf({ month: '2026-04-30', seed: 19 }).slice(0, 40);
    const turned = rows.map((one) => ({
      record_id: `${one.customer_id}_${one.month}`,
      label: one.stays === 'yes' ? 0 : 1,
    }));
    const labels = file('turned.jsonl', turned.map((one) => JSON.stringify(one)).join('\n'));
    const refused = await mlops(['labels', 'add', labels, '--project', project]);
    assert.equal(refused.code, 5, refused.stdout);
    assert.match(
      refused.stderr,
      /found 40 labels other than april\.csv has \(C\d+_2026-04-30 is \d there and \d here, …\)/,
    );
    const taken = await mlops(['labels', 'add', labels, '--replace', '--project', project]);
    assert.match(taken.stdout, /april\.csv: 0 new, 40 replaced/);
    const strangers = file('strangers.csv', 'record_id,label\nX1,1\n');
    const none = await mlops(['labels', 'add', strangers, '--project', project]);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /strangers\.csv: found 1 labels \("X1", …\), none of a row of /);
  });

  it('labels of several batches are all added or none, and judged also where an attempt before was cut off', async () => {
    const months = [33, 34].map((seed, at) => customersOf({ month: `2026-0${7 + at}-28`, seed, rows: 200 }));
    const [unlabelled, labelled] = months as [Customer[], Customer[]];
    await mlops(['judge', file('july.csv', csvOf(unlabelled, columnsBut('stays'))), '--project', project]);
    await judge(file('august.csv', csvOf(labelled)));
    const july = async () =>
      (await mlopsJson<{ batches: Batch[] }>(['batches', 'list', '--project', project])).batches.find(
        ({ name }) => name === 'july.csv',
      )!;
    const labels = (name: string, turned: boolean) => {
      const turn = (one: Customer) => ({ ...one, stays: one.stays === 'yes' ? 'no' : 'yes' });
      const rows = [...unlabelled, ...(turned ? labelled.map(turn) : labelled)];
      return file(name, csvOf(rows, ['customer_id', 'month', 'stays']));
    };
    const refused = await mlops(['labels', 'add', labels('one-wrong.csv', true), '--project', project]);
    assert.equal(refused.code, 5, refused.stdout);
    const { id, labelled: none, labels: entries } = await july();
    assert.deepEqual([none, entries], [0, []]);

    const right = labels('both.csv', false);
    const added = await mlops(['labels', 'add', right, '--project', project]);
    assert.match(added.stdout, /july\.csv: 200 new/, added.stderr);
    const document = join(project, '.mlops', 'buckets', 'customers', 'batches', id, 'batch.json');
    const written = JSON.parse(readFileSync(document, 'utf8')) as Batch;
    writeFileSync(document, JSON.stringify({ ...written, judged: written.judged.slice(0, 1) }));
    const again = await mlops(['labels', 'add', right, '--project', project]);
    assert.match(again.stdout, /july\.csv: 0 new/, again.stderr);
    const { judged } = await july();
    assert.deepEqual(
      judged.map((one) => one.labelled),
      [0, 200],
    );
  });

  it('10 a wrong type: what is no number counts as missing, is counted and said', async () => {
    const words = (one: Customer, chance: () => number) => ({ ...one, usage: chance() < 0.3 ? 'unknown' : one.usage });
    const results = await judge(month('words.csv', { seed: 20, change: words }));
    const lost = results.columns.find(({ column }) => column === 'usage')!.current;
    assert.equal(statusOf(results, 'nulls'), 'fail');
    assert.match(
      results.notes!.join('\n'),
      /column usage holds texts, and held numbers in training: \d+ of 1000 values are none/,
    );
    assert.ok(Math.abs(lost.nullPct! - 30) < 6);
  });

  it('11 some of the columns: what features.sql reads is missed by name, what it does not read is not', async () => {
    const { code, stderr } = await mlops([
      'judge',
      month('few.csv', { seed: 21 }, columnsBut('usage', 'age')),
      '--project',
      project,
    ]);
    assert.equal(code, 2);
    assert.match(stderr, /few\.csv: found no column "age", "usage", expected what features\.sql reads/);
    const results = await judge(month('without-note.csv', { seed: 21 }, columnsBut('note')));
    assert.equal(results.verdict, 'pass');
  });

  it('12 rows that the version learned from never judge it: left out, counted and said', async () => {
    const again = await judge(file('january.csv', csvOf(first)));
    assert.equal(again.batch?.known, 975);
    assert.equal(again.n, 525);
    assert.match(again.notes!.join('\n'), /v1 learned from 975 of 1500 of these rows: they are left out/);
  });

  it('is known again by its bytes, whatever it is called, and judged again when that is asked', async () => {
    const path = file('other-name.csv', readFileSync(join(place.path, 'undrifted.csv'), 'utf8'));
    const runs = () => readdirSync(join(project, '.mlops', 'buckets', 'customers', 'monitoring', 'runs')).length;
    const before = runs();
    const { code, stderr } = await mlops(['judge', path, '--project', project]);
    assert.equal(code, 0);
    assert.match(stderr, /other-name\.csv was judged before, as undrifted\.csv .*pass; to judge it again: --again/);
    assert.equal(runs(), before);
    await judge(path, '--again');
    assert.equal(runs(), before + 1);
  });

  it('judges files that arrive where the project says, once each, and names what cannot be read', async () => {
    const settings = join(project, 'mlops.json');
    const text = readFileSync(settings, 'utf8');
    writeFileSync(settings, text.replace('"monitor": {', '"monitor": {\n    "batches": "incoming/*.csv",'));
    mkdirSync(join(project, 'incoming'));
    const arriving = (name: string, rows: string) => writeFileSync(join(project, 'incoming', name), rows);
    arriving('may.csv', csvOf(customersOf({ month: '2026-05-31', seed: 31 })));
    arriving(
      'worse.csv',
      csvOf(
        customersOf({
          month: '2026-06-30',
          seed: 32,
          change: (one) => ({ ...one, stays: one.stays === 'yes' ? 'no' : 'yes' }),
        }),
      ),
    );
    const both = await mlops(['monitor', '--project', project]);
    assert.equal(both.code, 1, both.stdout);
    assert.match(both.stderr, /may\.csv: pass/);
    assert.match(both.stderr, /worse\.csv: fail/);
    arriving('broken.csv', 'customer_id,month\nC1\n');
    const broken = await mlops(['monitor', '--project', project]);
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /broken\.csv, line 2/);
    assert.doesNotMatch(broken.stderr, /may\.csv/);
    rmSync(join(project, 'incoming', 'broken.csv'));
    writeFileSync(settings, text);
  });

  it('lets an accepted batch join the next training, whose version is never judged on it', async () => {
    const { batches } = await mlopsJson<{ batches: Batch[] }>(['batches', 'list', '--project', project]);
    const { id } = batches.find(({ name }) => name === 'same-entities.csv')!;
    const accepted = await mlops(['batches', 'accept', id, '--project', project]);
    assert.match(accepted.stdout, /its 1,500 rows join the next training; run: mlops run/);
    const run = await mlopsJson<Run>(['run', '--project', project]);
    assert.equal(
      run.stages.find(({ name }) => name === 'train')!.figures.modelVersion,
      'v2',
      JSON.stringify(run.stages),
    );
    const again = await judge(join(place.path, 'same-entities.csv'));
    assert.equal(again.modelVersion, 'v2');
    assert.ok(again.batch!.known > 700, `${again.batch!.known} of 1500 rows are known`);
    assert.ok(again.n < 800);
  });

  it('leaves the state of the pipeline as it was when a file cannot be read', async () => {
    const { code, stderr } = await mlops([
      'judge',
      file('ragged.csv', 'customer_id,month\nC1\n'),
      '--project',
      project,
    ]);
    assert.equal(code, 2, stderr);
    const state = join(project, '.mlops', 'buckets', 'customers', 'runs', 'state', 'monitor.json');
    assert.ok(existsSync(state));
    assert.doesNotMatch(readFileSync(state, 'utf8'), /ragged/);
  });
});
