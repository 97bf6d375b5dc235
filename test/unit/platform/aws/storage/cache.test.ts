import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { cachedFile, cachePath, type ObjectState } from '../../../../../src/platform/aws/account/cache.js';
import { temporaryFolder } from '../../../../support/temporary.js';

const object: ObjectState = { bucket: 'b', key: 'data/year=2026/part.parquet', etag: '"e1"', size: 5 };

describe('files fetched from S3', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  const cache = { root: folder.path, owner: () => Promise.resolve('123456789012') };
  const bytes = (text: string) => () => Promise.resolve(Readable.from([Buffer.from(text)]));
  const notAgain = () => Promise.reject(new Error('was fetched again'));

  it('are fetched once for one state of the object, and again for another', async () => {
    const first = await cachedFile(cache, object, bytes('hello'));
    assert.equal(readFileSync(first, 'utf8'), 'hello');
    assert.equal(await cachedFile(cache, object, notAgain), first);
    const changed = await cachedFile(cache, { ...object, etag: '"e2"', size: 6 }, bytes('hello!'));
    assert.equal(readFileSync(changed, 'utf8'), 'hello!');
  });

  it('are refused when they end early, and leave nothing behind', async () => {
    const cut = { ...object, key: 'cut.csv', size: 10 };
    await assert.rejects(cachedFile(cache, cut, bytes('hello')), /s3:\/\/b\/cut\.csv: got 5 bytes, expected 10/);
    assert.deepEqual(await readdir(join(folder.path, 'tmp')), []);
    await assert.rejects(cachedFile(cache, cut, notAgain), /was fetched again/);
  });

  it('keep their partitions and extension, by account and bucket', () => {
    assert.equal(cachePath('1', object), join('1', 'b', 'data', 'year=2026', 'part.parquet', 'e1.parquet'));
    const packed = cachePath('1', { ...object, key: 'raw/reviews.csv.gz' });
    assert.equal(packed, join('1', 'b', 'raw', 'reviews.csv.gz', 'e1.csv.gz'));
  });

  it('never leave their folder, whatever the key', () => {
    for (const key of ['../../x', '/etc/passwd', 'a//b', 'a:b', '..', 'a/./b', 'con\u0000', 'a\\..\\b']) {
      const parts = cachePath('1', { ...object, key }).split(/[/\\]/);
      assert.deepEqual(parts.slice(0, 2), ['1', 'b']);
      assert.ok(!parts.includes('..') && !parts.includes('.') && !parts.includes(''), `${key}: ${parts.join('/')}`);
      assert.doesNotMatch(parts.join('/'), /[:\u0000]/);
    }
  });

  it('are not mixed up when one key begins another', () => {
    const short = cachePath('1', { ...object, key: 'a' });
    const long = cachePath('1', { ...object, key: 'a/b' });
    assert.notEqual(short, long);
    assert.ok(!long.startsWith(`${short}/`));
  });
});
