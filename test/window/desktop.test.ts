import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { mlops } from '../support/cli.js';
import { temporaryFolder } from '../support/temporary.js';
import { npmStart } from './support/start.js';
import { namesInZip } from './support/zip-names.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** A `code` command that writes down how it was called, in the place of VS Code's. */
describe('npm start where the command `code` is found', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const folder = join(place.path, 'a sample');
  const calls = join(place.path, 'calls.txt');
  const env = (exitCode: number) => {
    const bin = join(place.path, `bin-${exitCode}`);
    mkdirSync(bin, { recursive: true });
    const words = `for word in "$@"; do printf '%s\\t' "$word"; done; echo`;
    writeFileSync(join(bin, 'code'), `#!/bin/sh\n{ ${words}; } >> '${calls}'\nexit ${exitCode}\n`, { mode: 0o755 });
    return { PATH: [bin, process.env.PATH].join(delimiter) };
  };

  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  after(async () => {
    await mlops(['endpoint', 'stop', 'hdd-failure', '--project', folder]);
    place.remove();
  });

  it('installs the package of this platform into the desktop program and opens the sample there', async () => {
    const { code, said } = await npmStart(['--folder', folder], env(0)).ended;
    assert.equal(code, 0, said);
    assert.doesNotMatch(said, /http:/, 'no server is built or started');
    const [install, open, ...more] = readFileSync(calls, 'utf8').trim().split('\n');
    assert.deepEqual(more, []);
    const [word, vsix = '', force] = install!.split('\t');
    assert.deepEqual([word, force], ['--install-extension', '--force']);
    assert.match(basename(vsix), new RegExp(`^mlops-workbench-[a-z0-9]+-[a-z0-9]+-${version}\\.vsix$`));
    assert.deepEqual(open!.split('\t').slice(0, 2), ['--new-window', folder]);
    const settings = JSON.parse(readFileSync(join(folder, '.vscode', 'settings.json'), 'utf8')) as unknown;
    assert.deepEqual(settings, { 'mlops.showOnOpen': true });

    const names = await namesInZip(vsix);
    const places = new Set(
      names.map((name) => name.replace(/^extension\/(node_modules\/(@duckdb\/)?)?([^/]+).*/, '$1$3')),
    );
    const bindings = [...places].filter((name) => name.startsWith('node_modules/@duckdb/node-bindings-'));
    assert.equal(bindings.length, 1, bindings.join());
    assert.ok(existsSync(bindings[0]!), 'the binding that npm installed here');
    const rest = [...places].filter((name) => name !== bindings[0]).sort();
    assert.deepEqual(rest, [
      'LICENSE.txt',
      '[Content_Types].xml',
      'changelog.md',
      'dist',
      'docs',
      'extension.vsixmanifest',
      'media',
      'node_modules/@duckdb/node-api',
      'node_modules/@duckdb/node-bindings',
      'node_modules/detect-libc',
      'package.json',
      'readme.md',
      'schemas',
      'templates',
    ]);
    // Maps and sources stay away.
    assert.deepEqual(
      names.filter((name) => /\.(map|ts)$/.test(name)),
      [],
    );
  });

  it('says in one line how to go on when the desktop program does not open', async () => {
    const { code, said } = await npmStart(['--folder', folder], env(1)).ended;
    assert.equal(code, 2);
    assert.match(said.trim().split('\n').at(-1)!, /^npm start: .*exit code 1; .*npm start -- --browser$/);
  });

  it('refuses two windows at once before it does anything', async () => {
    const { code, said } = await npmStart(['--browser', '--desktop'], env(0)).ended;
    assert.equal(code, 2);
    assert.equal(said, 'npm start: expected --browser or --desktop, found both\n');
  });
});
