import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Run } from '../../../../src/documents/run.js';
import type { Current } from '../../../../src/vscode/session/session.js';
import { wholeRun } from '../../../../src/pipeline/run-record.js';
import { makeRunPages } from '../../../../src/vscode/trees/run-pages.js';
import { runsFolder } from '../../../../src/vscode/trees/runs.js';
import { aRun, lines, now, stageRecord } from '../support.js';

const count = 10_000;
const newest = Date.parse('2026-11-21T09:31:05Z');
const stamp = (at: number) => new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
/** An hour apart, newest first. */
const ids = Array.from({ length: count }, (_, index) => `${stamp(newest - index * 3600e3)}-r7k2f9`);

/** A record as the engine writes it, with the many files that a stage takes in. */
function recordOf(id: string): Run {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)/.exec(id)!;
  const inputs = Array.from({ length: 5 }, (_, at) => ({
    uri: `curated/${id}/${at}.parquet`,
    sha256: 'a'.repeat(64),
  }));
  const stages = (['ingest', 'features', 'train', 'deploy', 'monitor', 'retrain'] as const).map((name) =>
    stageRecord(name, { inputs, figures: { summary: `${name} of ${id}` } }),
  );
  return aRun({ id, startedAt: `${year}-${month}-${day}T${hour}:${minute}:05Z`, verdict: 'pass', stages });
}

function account() {
  let reads = 0;
  const read = (key: string) => {
    reads += 1;
    return Promise.resolve(Buffer.from(JSON.stringify(recordOf(key.split('/')[1]!))));
  };
  const environment = { objects: { read }, lease: { holder: () => Promise.resolve(undefined) } };
  return { current: { environment } as unknown as Current, reads: () => reads };
}

/** Of this process alone: what else the machine does is not the tree's. */
function busyMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heldBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe('the runs of a project with 10,000 of them', function () {
  this.timeout(30_000);

  it('show 20, with how many there are and a line for more, and read no other record', async () => {
    const { current, reads } = account();
    const folder = runsFolder(await makeRunPages(wholeRun).look(current, ids, []), undefined, now);
    assert.match(lines([folder]).join(), /^history Runs \| 20 of 10,000/);
    assert.equal(lines(folder.children!).at(-1), 'more Load more | 20 of 10,000');
    assert.equal(reads(), 20);
  });

  it('find row 9,990 within 500 ms, by its day', async () => {
    const { current } = account();
    const pages = makeRunPages(wholeRun);
    await pages.look(current, ids, []);
    const wanted = ids[9_989]!;
    const day = `${wanted.slice(0, 4)}-${wanted.slice(4, 6)}-${wanted.slice(6, 8)}`;
    const began = process.cpuUsage();
    pages.search(day);
    const folder = runsFolder(await pages.look(current, ids, []), undefined, now);
    const ms = busyMs(began);
    assert.ok(
      folder.children!.some(({ id }) => id === `run/${wanted}`),
      lines(folder.children!).join('\n'),
    );
    assert.ok(ms < 500, `${ms} ms`);
    assert.equal(folder.context, 'runs+searched');
  });

  it('are all there after four more pages, at the cost of less than 100 MB, each record read once', async () => {
    const { current, reads } = account();
    const pages = makeRunPages(wholeRun);
    const before = heldBytes() / 1e6;
    for (let page = 0; page < 4; page++) pages.loadMore();
    const folder = runsFolder(await pages.look(current, ids, []), undefined, now);
    assert.equal(folder.children![9_989]!.id, `run/${ids[9_989]}`);
    const began = process.cpuUsage();
    const again = runsFolder(await pages.look(current, ids, []), undefined, now);
    const ms = busyMs(began);
    assert.ok(ms < 500, `${ms} ms`);
    assert.deepEqual([again.children!.length, reads()], [count, count]);
    const grown = heldBytes() / 1e6 - before;
    assert.ok(grown < 100, `${grown} MB`);
  });

  it('are there without the one whose record is damaged, and the line for more ends with the last', async () => {
    const whole = account().current;
    const read = (key: string) =>
      key.includes(ids[2]!) ? Promise.resolve(Buffer.from('{"kind": "ru')) : whole.environment.objects.read(key);
    const current = { ...whole, environment: { ...whole.environment, objects: { read } } } as unknown as Current;
    const folder = runsFolder(await makeRunPages(wholeRun).look(current, ids.slice(0, 5), []), undefined, now);
    assert.match(lines([folder]).join(), /^history Runs \| 4 of 5/);
    assert.deepEqual([folder.children!.length, folder.children!.at(-1)!.id], [4, `run/${ids[4]}`]);
  });

  it('show no verdict of a run that was killed after it', () => {
    const run = { ...recordOf(ids[0]!), status: 'interrupted' as const };
    const folder = runsFolder({ runs: [run], of: 1, more: false, text: '' }, undefined, now);
    assert.match(lines(folder.children!)[0]!, /interrupted/);
    assert.doesNotMatch(lines(folder.children!)[0]!, /pass/);
  });

  it('say that none is of such a time', async () => {
    const pages = makeRunPages(wholeRun);
    pages.search('31 Foo');
    const folder = runsFolder(await pages.look(account().current, ids, []), undefined, now);
    assert.deepEqual(lines(folder.children!), ['none No run of "31 Foo"']);
  });
});
