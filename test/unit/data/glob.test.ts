import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { filesOf } from '../../../src/data/sources/glob.js';

describe('files that a path, glob or folder means', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'glob-'));
    for (const path of ['a/b', 'a/c']) mkdirSync(join(folder, path), { recursive: true });
    for (const file of ['a/2.zip', 'a/1.zip', 'a/x.csv', 'a/.3.zip', 'a/b/4.zip', 'a/c/5.zip', 'a/c/5+.zip']) {
      writeFileSync(join(folder, file), '');
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const cases: [string, string[]][] = [
    ['a/1.zip', ['a/1.zip']],
    ['a/*.zip', ['a/1.zip', 'a/2.zip']],
    ['a/?.csv', ['a/x.csv']],
    ['a', ['a/1.zip', 'a/2.zip', 'a/x.csv']],
    ['a/*/*.zip', ['a/b/4.zip', 'a/c/5+.zip', 'a/c/5.zip']],
    ['a/**/*.zip', ['a/1.zip', 'a/2.zip', 'a/b/4.zip', 'a/c/5+.zip', 'a/c/5.zip']],
    ['a/c/5+.*', ['a/c/5+.zip']],
    ['a/9.zip', []],
    ['nowhere/*.zip', []],
  ];
  for (const [path, expected] of cases) {
    it(`${path} means ${expected.join(', ') || 'nothing'}`, async () => {
      for (const asked of [path, join(folder, path)]) {
        assert.deepEqual(
          (await filesOf(asked, folder)).map((file) => relative(folder, file)),
          expected,
        );
      }
    });
  }
});
