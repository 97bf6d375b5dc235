import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** The library that a platform's DuckDB is, by the first part of the platform's name. */
const libraries: Record<string, RegExp> = {
  linux: /^libduckdb\.so$/,
  alpine: /^libduckdb\.so$/,
  darwin: /^libduckdb\.dylib$/,
  win32: /^duckdb\.dll$/,
};

describe('the packages of every platform', function () {
  this.timeout(600_000);
  let packages: string[] = [];
  before(() => {
    execFileSync(process.execPath, ['scripts/build.mjs', '--production']);
    const said = execFileSync(process.execPath, ['scripts/package.mjs', '--all'], { encoding: 'utf8' });
    packages = said.split('\n').filter((line) => line.endsWith('.vsix') && line.includes('/'));
  });
  after(() => packages.forEach((path) => rmSync(path, { force: true })));

  it('are eight', () => assert.equal(packages.length, 8));

  it('hold the native DuckDB of their platform and of no other, no source maps, and nothing of the tests', () => {
    for (const path of packages) {
      const platform = /mlops-workbench-(\w+)-/.exec(path)![1]!;
      const names = execFileSync('unzip', ['-Z1', path], { encoding: 'utf8' }).split('\n');
      const natives = names.filter((name) => /\.(so|dylib|dll|node)$/.test(name));
      assert.equal(natives.length, 2, `${path}: ${natives.join(', ')}`);
      assert.ok(
        natives.some((name) => libraries[platform]!.test(name.split('/').at(-1)!)),
        natives.join(', '),
      );
      assert.deepEqual(
        names.filter((name) => /\.map$|\.ts$|^extension\/(test|src|scripts)\//.test(name)),
        [],
      );
      assert.ok(names.includes('extension/dist/NOTICES.txt') && names.includes('extension/schemas/mlops.schema.json'));
    }
  });
});
