import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '../../../src/documents/batch.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

/** Answers without a name of their own: their rows are known by their places alone. */
function answers(seed: number): { x: string; stays: string }[] {
  const u = lcgNumbers(seed);
  return Array.from({ length: 260 }, () => {
    const x = u();
    return { x: x.toFixed(4), stays: u() < 0.15 + 0.7 * x ? 'yes' : 'no' };
  });
}

describe('labels of words, and rows without names', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  const project = join(place.path, 'answers');
  const write = (name: string, lines: readonly string[]) => {
    const path = join(place.path, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  const table = (name: string, seed: number, spell = (word: string) => word) =>
    write(name, ['x,stays', ...answers(seed).map(({ x, stays }) => `${x},${spell(stays)}`)]);
  const run = (...args: string[]) => mlops([...args, '--project', project]);
  const batches = async () =>
    (await mlopsJson<{ batches: Pick<Batch, 'id' | 'name' | 'labelled'>[] }>(['batches', 'list', '--project', project]))
      .batches;

  before(async () => {
    await mlops(['init', project, '--from', table('answers.csv', 3), '--target', 'stays', '--positive', 'yes']);
    const ran = await run('run');
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  });
  after(async () => {
    await run('endpoint', 'delete', 'answers');
    place.remove();
  });

  it('a label that is spelt otherwise than in training is never taken for the other class', async () => {
    const upper = await run(
      'judge',
      table('upper.csv', 4, (word) => word.toUpperCase()),
    );
    assert.equal(upper.code, 2, upper.stdout);
    assert.match(upper.stderr, /upper\.csv: found 260 of 260 labels in column stays of which features\.sql makes none/);
    const some = await run(
      'judge',
      table('some.csv', 5, (word) => (word === 'yes' ? 'Yes' : word)),
    );
    assert.match(
      some.stdout,
      /\d+ of 260 labels in column stays of which features\.sql makes none: they count as missi/,
    );
  });

  it('labels of rows that are known by their places go to the batch that is named, and to no other', async () => {
    const months = ['may.csv', 'june.csv'] as const;
    for (const [at, name] of months.entries()) {
      const judged = await run('judge', write(name, ['x', ...answers(6 + at).map(({ x }) => x)]));
      assert.equal(judged.code, 3, judged.stdout);
      assert.doesNotMatch(judged.stdout, /test rows/, 'a place is no name: these rows are nobody of the test set');
    }
    const labels = (name: string, spell = (word: string) => word) =>
      write(name, ['row_id,stays', ...answers(6).map(({ stays }, row) => `${row + 1},${spell(stays)}`)]);
    const unclear = await run('labels', 'add', labels('labels.csv'));
    assert.equal(unclear.code, 2, unclear.stdout);
    assert.match(unclear.stderr, /named by their places, .*expected which batch they are of: --batch .*may-.*june-/);
    const idOf = async (name: string) => (await batches()).find((batch) => batch.name === name)!.id;
    const may = await idOf('may.csv');
    const odd = await run(
      'labels',
      'add',
      labels('odd.csv', (word) => `${word}!`),
      '--batch',
      may,
    );
    assert.equal(odd.code, 2, odd.stdout);
    const added = await run('labels', 'add', labels('labels.csv'), '--batch', may);
    assert.match(added.stdout, /may\.csv: 260 new, 260 of 260 rows have a label now/, added.stderr);
    const labelled = Object.fromEntries((await batches()).map((batch) => [batch.name, batch.labelled]));
    assert.deepEqual(
      months.map((name) => labelled[name]),
      [260, 0],
    );
  });
});
