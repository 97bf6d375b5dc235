import assert from 'node:assert/strict';
import type { ObjectEntry, ObjectReader } from '../../../../src/platform/ports.js';
import { makeBucketPages } from '../../../../src/vscode/trees/bucket-pages.js';
import { listingItems } from '../../../../src/vscode/trees/buckets.js';
import { lines, now } from '../support.js';

describe('one level of a bucket', () => {
  const entries: ObjectEntry[] = [
    { kind: 'folder', key: 'monitoring/runs/' },
    { kind: 'object', key: 'monitoring/a.json', size: 1234, modifiedAt: '2026-11-21T09:31:00Z' },
  ];

  it('shows names below the prefix, sizes and ages', () => {
    const items = listingItems({ bucket: 'b', prefix: 'monitoring/', entries, more: false }, now);
    assert.deepEqual(lines(items), ['folder runs/', 'json a.json | 1.2 kB · 2 min ago']);
    assert.deepEqual(items[1]!.target, { kind: 'object', bucket: 'b', key: 'monitoring/a.json', size: 1234 });
    assert.equal(items[0]!.lazy, true);
  });

  it('says what the results in a folder came to', () => {
    const verdicts = new Map([['monitoring/runs/', 'fail' as const]]);
    const items = listingItems({ bucket: 'b', prefix: 'monitoring/', entries, more: false, verdicts }, now);
    assert.equal(lines(items)[0], 'fail runs/ | fail');
  });

  it('keeps the whole part of a name that a filter ends in the middle of', () => {
    const items = listingItems(
      { bucket: 'b', prefix: 'monitoring/ru', entries: entries.slice(0, 1), more: false },
      now,
    );
    assert.deepEqual(lines(items), ['folder runs/']);
  });

  it('ends with a line that loads more', () => {
    const more = listingItems({ bucket: 'b', prefix: 'monitoring/', entries, more: true }, now).at(-1)!;
    assert.equal(more.label, 'Load more (2 of many)');
    assert.equal(more.click, 'mlops.loadMore');
  });
});

describe('the pages of a bucket', () => {
  /** 250 objects, handed out in pages. */
  const asked: (string | undefined)[] = [];
  const objects: Pick<ObjectReader, 'list'> = {
    list(prefix, { token, limit = 1000 } = {}) {
      asked.push(token);
      const from = Number(token ?? 0);
      const items = Array.from({ length: Math.min(limit, 250 - from) }, (_, index) => {
        return { kind: 'object', key: `${prefix}${from + index}`, size: 1, modifiedAt: '' } as const;
      });
      return Promise.resolve({ items, ...(from + limit < 250 && { next: String(from + limit) }) });
    },
  };
  const look = (pages: ReturnType<typeof makeBucketPages>) => pages.entries(objects as ObjectReader, 'b', 'p/');

  it('lists one page at first, one more each time it is asked to, and all in the end', async () => {
    const pages = makeBucketPages();
    const counts = [];
    for (let round = 0; round < 3; round++) {
      const { entries, more } = await look(pages);
      counts.push([entries.length, more]);
      pages.loadMore('b', 'p/');
    }
    assert.deepEqual(counts, [
      [100, true],
      [200, true],
      [250, false],
    ]);
  });

  it('shows as many pages as before after a refresh', async () => {
    const pages = makeBucketPages();
    pages.loadMore('b', 'p/');
    assert.equal((await look(pages)).entries.length, 200);
    asked.length = 0;
    assert.equal((await look(pages)).entries.length, 200);
    assert.deepEqual(asked, [undefined, '100']);
  });
});
