import assert from 'node:assert/strict';
import { BrokenError, MissingRight } from '../../../../src/common/errors.js';
import type { Environment } from '../../../../src/platform/ports/environment.js';
import type { ObjectEntry, ObjectReader } from '../../../../src/platform/ports/objects.js';
import type { Current } from '../../../../src/vscode/session/session.js';
import { makeBucketLevels } from '../../../../src/vscode/trees/buckets/bucket-levels.js';
import { bucketItems, listingItems } from '../../../../src/vscode/trees/buckets/buckets.js';
import { lines, now } from '../support.js';

describe('one level of a bucket', () => {
  const entries: ObjectEntry[] = [
    { kind: 'folder', key: 'monitoring/runs/' },
    { kind: 'object', key: 'monitoring/a.json', size: 1234, modifiedAt: '2026-11-21T09:31:00Z' },
  ];
  const listing = {
    bucket: 'b',
    prefix: 'monitoring/',
    key: 'monitoring/',
    own: true,
    entries,
    leftOut: [],
    more: false,
  };

  it('shows names below the prefix, sizes and ages', () => {
    const items = listingItems(listing, now);
    assert.deepEqual(lines(items), ['folder runs/', 'json a.json | 1.2 kB · 2 min ago']);
    assert.deepEqual(items[1]!.target, { kind: 'object', bucket: 'b', key: 'monitoring/a.json', size: 1234 });
    assert.equal(items[0]!.lazy, true);
  });

  it("says of what lies in the project's own bucket that it can be changed, and of nothing else", () => {
    const csv: ObjectEntry = { kind: 'object', key: 'monitoring/a.csv', size: 1, modifiedAt: '2026-11-21T09:31:00Z' };
    const verdicts = new Map([['monitoring/runs/', 'fail' as const]]);
    const contexts = (own: boolean) =>
      listingItems({ ...listing, own, verdicts, entries: [...entries, csv] }, now).map(({ context }) => context);
    assert.deepEqual(contexts(true), ['prefix+results+own', 'object+own', 'object+rows+own']);
    assert.deepEqual(contexts(false), ['prefix+results', 'object', 'object+rows']);
  });

  it('says what the results in a folder came to', () => {
    const verdicts = new Map([['monitoring/runs/', 'fail' as const]]);
    assert.equal(lines(listingItems({ ...listing, verdicts }, now))[0], 'fail runs/ | fail');
  });

  it('keeps the whole names below its node while something is searched', () => {
    const items = listingItems({ ...listing, prefix: 'monitoring/ru', entries: entries.slice(0, 1) }, now);
    assert.deepEqual(lines(items), ['folder runs/']);
  });

  it('says when there is nothing, and when nothing is found', () => {
    assert.deepEqual(lines(listingItems({ ...listing, entries: [] }, now)), ['none Nothing here']);
    const [leftOut] = listingItems({ ...listing, entries: [], leftOut: ['monitoring/a', 'monitoring/b'] }, now);
    assert.deepEqual([leftOut!.label, leftOut!.description], ['2 links are left out', 'not followed']);
    assert.match(leftOut!.tooltip!, /monitoring\/a, monitoring\/b .*put the file itself/);
    const none = listingItems({ ...listing, prefix: 'monitoring/x', entries: [] }, now);
    assert.deepEqual(lines(none), ['none No key begins with monitoring/x']);
  });

  it('ends with a line that loads more, and says how many are shown', () => {
    const more = listingItems({ ...listing, more: true }, now).at(-1)!;
    assert.deepEqual([more.label, more.description], ['Load more', '2 shown, more available']);
    assert.equal(more.click, 'mlops.loadMore');
  });

  it('lets only buckets that the user added be removed', () => {
    const items = bucketItems(['mine', 'theirs'], { own: 'mine', added: ['theirs'], open: false });
    assert.deepEqual(
      items.map(({ context, description }) => [context, description]),
      [
        ['bucket+own', "this project's"],
        ['bucket+added', 'added'],
      ],
    );
  });
});

/** 250 objects under every prefix, handed out in pages; `fails` is thrown by whatever comes next. */
function fakeBucket() {
  const asked: string[] = [];
  const fake: { fails?: Error; listFails?: Error } = {};
  const objects = {
    buckets: () => (fake.listFails ? Promise.reject(fake.listFails) : Promise.resolve({ items: [{ name: 'b' }] })),
    list(prefix: string, { token, limit = 1000 }: { token?: string; limit?: number } = {}) {
      asked.push(`${prefix}@${token ?? ''}`);
      if (fake.fails) return Promise.reject(fake.fails);
      const from = Number(token ?? 0);
      const items = Array.from({ length: Math.min(limit, 250 - from) }, (_, index) => {
        return { kind: 'object', key: `${prefix}${from + index}`, size: 1, modifiedAt: '' } as const;
      });
      return Promise.resolve({ items, ...(from + limit < 250 && { next: String(from + limit) }) });
    },
  } as unknown as ObjectReader;
  const environment = { name: 'prod', kind: 'aws', bucket: 'b', objects } as unknown as Environment;
  return { fake, asked, current: { environment } as Current };
}

describe('the levels of buckets', () => {
  const open = async (added: string[] = []) => {
    const bucket = fakeBucket();
    const levels = makeBucketLevels(() => added);
    const roots = await levels.roots(bucket.current);
    const children = () => levels.children(bucket.current, roots[0]!);
    return { ...bucket, levels, roots, node: roots[0]!, children };
  };
  const denied = new MissingRight('not allowed: ListBuckets', 's3:ListAllMyBuckets');

  it('list nothing before they are opened', async () => {
    const { asked, roots } = await open();
    assert.deepEqual(lines(roots), ["bucket b | this project's"]);
    assert.equal(roots[0]!.expanded, false);
    assert.deepEqual(asked, []);
  });

  it('show one page at first and fetch one more each time, each page once', async () => {
    const { asked, levels, node, children } = await open();
    const first = await children();
    assert.equal(first.length, 101);
    assert.equal(levels.loadMore(first.at(-1)!), node);
    assert.equal((await children()).at(-1)!.description, '200 shown, more available');
    assert.equal((await children()).length, 201);
    assert.deepEqual(asked, ['@', '@100']);
  });

  it('list as many pages as before after a refresh', async () => {
    const { asked, levels, node, children } = await open();
    levels.loadMore((await children()).at(-1)!);
    await children();
    asked.length = 0;
    levels.refresh(node);
    assert.equal((await children()).length, 201);
    assert.deepEqual(asked, ['@', '@100']);
  });

  it('list again what was refreshed while it was being listed', async () => {
    const { asked, levels, children } = await open();
    const before = children();
    levels.refresh();
    await Promise.all([before, children()]);
    await children();
    assert.deepEqual(asked, ['@', '@']);
  });

  it('search one node, and say so on it', async () => {
    const { asked, levels, current, node, children } = await open();
    const folder = { ...node, id: 's3://b/k/', target: { kind: 'prefix' as const, bucket: 'b', key: 'k/' } };
    levels.search(node, 'm/20');
    levels.search(folder, '09');
    assert.equal(levels.shown(node).description, "begins with m/20 · this project's");
    assert.equal(levels.shown(node).context, 'bucket+own+searched');
    assert.equal((await children())[0]!.label, 'm/200');
    assert.equal((await levels.children(current, folder))[0]!.label, '090');
    levels.search(node, '');
    assert.equal(levels.shown(node), node);
    await children();
    assert.deepEqual(asked, ['m/20@', 'k/09@', '@']);
    assert.equal(levels.searchOf(folder), '09');
  });

  it('keep what was found when a later listing fails, marked stale below the reason', async () => {
    const { fake, levels, node, children } = await open();
    await children();
    fake.fails = new Error('no answer in time');
    levels.refresh(node);
    const stale = await children();
    assert.equal(stale[0]!.label, 'no answer in time');
    assert.match(stale[1]!.description!, /^stale · 1 B/);
    assert.equal(stale.length, 102);
    fake.fails = undefined;
    assert.match((await children())[0]!.description!, /^1 B/);
  });

  it('tell who else has to do with it of refreshes and failures', async () => {
    const { fake, levels, node, children } = await open();
    const told: unknown[] = [];
    levels.listen({
      failed: (error) => told.push(String(error)),
      refreshed: (below) => told.push(below?.key ?? 'all'),
    });
    levels.refresh();
    levels.refresh(node);
    fake.fails = new Error('cut off');
    await children();
    assert.deepEqual(told, ['all', '', 'Error: cut off']);
  });

  it('show a missing right as a line that names it', async () => {
    const { fake, children } = await open();
    fake.fails = new MissingRight('not allowed: ListObjectsV2', 's3:ListBucket');
    assert.deepEqual(
      (await children()).map(({ label }) => label),
      ['Not allowed: needs s3:ListBucket'],
    );
  });

  it('show the named buckets where all may not be listed, and which right that takes', async () => {
    const { fake, current } = fakeBucket();
    fake.listFails = denied;
    const roots = await makeBucketLevels(() => ['other']).roots(current);
    assert.deepEqual(lines(roots), [
      "bucket b | this project's",
      'bucket other | added',
      'warn Other buckets are not listed | needs s3:ListAllMyBuckets',
    ]);
    fake.listFails = new BrokenError('cannot reach AWS');
    await assert.rejects(makeBucketLevels(() => ['other']).roots(current), /cannot reach/);
  });

  it('forget everything when the place changes, also what is still on its way', async () => {
    const { asked, levels, current, node, children } = await open();
    levels.search(node, 'x');
    await children();
    const late = levels.children(current, {
      ...node,
      id: 's3://b/k/',
      target: { kind: 'prefix', bucket: 'b', key: 'k/' },
    });
    levels.forget();
    assert.equal(levels.searchOf(node), '');
    await children();
    await late;
    const again = levels.children(current, {
      ...node,
      id: 's3://b/k/',
      target: { kind: 'prefix', bucket: 'b', key: 'k/' },
    });
    assert.equal((await again).length, 101);
    assert.deepEqual(asked, ['x@', 'k/@', '@', 'k/@']);
  });
});
