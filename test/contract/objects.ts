import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { everyItem } from '../../src/platform/ports/pages.js';
import { keysOf, type Use } from './environment.js';

export function objectContract(use: Use): void {
  describe('objects', () => {
    it('reads what was put, whole or its beginning', async () => {
      const { environment, fill } = use();
      await fill.object('objects/read/a.txt', 'hello, world');
      const read = async (maxBytes?: number) =>
        Buffer.from((await environment.objects.read('objects/read/a.txt', { maxBytes }))!).toString();
      assert.equal(await read(), 'hello, world');
      assert.equal(await read(5), 'hello');
    });

    it('reads a part from the middle, and nothing behind the end', async () => {
      const { environment, fill } = use();
      await fill.object('objects/part/a.txt', 'hello, world');
      const read = async (from: number, maxBytes?: number) =>
        Buffer.from((await environment.objects.read('objects/part/a.txt', { from, maxBytes }))!).toString();
      assert.equal(await read(7), 'world');
      assert.equal(await read(4, 3), 'o, ');
      assert.equal(await read(10, 100), 'ld');
      assert.equal(await read(12, 5), '');
      assert.equal(await read(99), '');
    });

    it('tells size and time of an object', async () => {
      const { environment, fill } = use();
      await fill.object('objects/head/a.txt', 'hello');
      const head = await environment.objects.head('objects/head/a.txt');
      assert.equal(head?.size, 5);
      assert.ok(Math.abs(Date.parse(head.modifiedAt) - Date.now()) < 60_000);
    });

    it('answers undefined for an object that is not there', async () => {
      const { objects } = use().environment;
      assert.equal(await objects.read('objects/none.txt'), undefined);
      assert.equal(await objects.head('objects/none.txt'), undefined);
    });

    it('does not take a folder for an object', async () => {
      const { environment, fill } = use();
      await fill.object('objects/folder/a.txt', 'x');
      assert.equal(await environment.objects.head('objects/folder'), undefined);
      assert.equal(await environment.objects.read('objects/folder'), undefined);
    });

    it("gives an object's bytes as a local file", async () => {
      const { environment, fill } = use();
      await fill.object('objects/file/a.txt', 'as a file');
      assert.equal(readFileSync(await environment.objects.file('objects/file/a.txt'), 'utf8'), 'as a file');
      await assert.rejects(environment.objects.file('objects/file/none.txt'), /objects\/file\/none\.txt/);
    });

    it('lists keys in the order of their bytes, across folders', async () => {
      const { environment, fill } = use();
      const keys = ['a-b', 'a.txt', 'a/x', 'a/y/z', 'a0', 'ab', 'b/c', 'é', 'Ａ', '😀'].map(
        (key) => `objects/order/${key}`,
      );
      for (const key of [...keys].reverse()) await fill.object(key, 'x');
      assert.deepEqual(await keysOf(environment, 'objects/order/'), keys);
    });

    it('folds what lies below the next slash into folders', async () => {
      const { environment, fill } = use();
      for (const key of ['a.txt', 'b/1', 'b/2/3', 'c/d/e']) await fill.object(`objects/fold/${key}`, 'x');
      const page = await environment.objects.list('objects/fold/', { folders: true });
      const found = page.items.map(({ kind, key }) => [kind, key.slice('objects/fold/'.length)]);
      assert.deepEqual(found, [
        ['object', 'a.txt'],
        ['folder', 'b/'],
        ['folder', 'c/'],
      ]);
    });

    it('lists by a prefix that ends within a name', async () => {
      const { environment, fill } = use();
      for (const key of ['data_1/a', 'data_2/a', 'other/a']) await fill.object(`objects/within/${key}`, 'x');
      assert.deepEqual(await keysOf(environment, 'objects/within/da'), [
        'objects/within/data_1/a',
        'objects/within/data_2/a',
      ]);
      assert.deepEqual(await keysOf(environment, 'objects/within/da', { folders: true }), [
        'objects/within/data_1/',
        'objects/within/data_2/',
      ]);
    });

    it('lists nothing below a prefix without objects', async () => {
      assert.deepEqual(await keysOf(use().environment, 'objects/nothing/here/'), []);
    });

    it('lists 2,500 objects under one prefix completely, page by page', async function () {
      this.timeout(120_000);
      const { environment, fill } = use();
      await fill.manyObjects('objects/many/', 2500);
      const first = await environment.objects.list('objects/many/');
      assert.ok(first.items.length < 2500, 'one page holds them all');
      assert.ok(first.next);
      const found = await keysOf(environment, 'objects/many/');
      assert.equal(found.length, 2500);
      assert.deepEqual(found, [...new Set(found)].sort());
    });

    it('pages through folders and objects alike, whatever the page holds', async () => {
      const { environment, fill } = use();
      const keys = ['a/1', 'a/2', 'b', 'c/1', 'd', 'e/1'];
      for (const key of keys) await fill.object(`objects/paged/${key}`, 'x');
      for (const limit of [1, 2, 3, 6]) {
        const flat = await keysOf(environment, 'objects/paged/', { limit });
        const folded = await keysOf(environment, 'objects/paged/', { limit, folders: true });
        assert.deepEqual(
          flat,
          keys.map((key) => `objects/paged/${key}`),
        );
        assert.deepEqual(
          folded,
          ['a/', 'b', 'c/', 'd', 'e/'].map((key) => `objects/paged/${key}`),
        );
      }
    });

    it('lists its own bucket among the buckets', async () => {
      const { environment, fill } = use();
      await fill.object('objects/bucket/a.txt', 'x');
      const names: string[] = [];
      for await (const { name } of everyItem((page) => environment.objects.buckets(page))) names.push(name);
      assert.ok(names.includes(environment.bucket));
    });

    it('names a bucket that is not there', async () => {
      const { objects } = use().environment;
      await assert.rejects(objects.list('', { bucket: 'no-such-bucket-here' }), /no-such-bucket-here/);
    });
  });
}
