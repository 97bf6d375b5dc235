import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../../support/temporary.js';

describe('the AWS SDK in the bundles', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  for (const name of ['extension', 'cli', 'engine', 'endpoint'])
    it(`is no part of ${name}.js`, () => {
      assert.doesNotMatch(readFileSync(join('dist', `${name}.js`), 'utf8'), /node_modules\/(@aws-sdk|@smithy)\//);
    });

  it('is not loaded with the extension', () => {
    assert.equal(loadedWith(`require(${JSON.stringify(resolve('dist/extension.js'))});`), 'false');
  });

  it('is loaded when an AWS environment asks for it', () => {
    assert.equal(loadedWith(`require(${JSON.stringify(resolve('dist/sdk.js'))}).sts();`), 'true');
  });

  /** Whether `sdk.js` was loaded, in a process whose VS Code has everything and does nothing. */
  function loadedWith(statement: string): string {
    const script = join(folder.path, 'load.cjs');
    writeFileSync(
      script,
      `const Module = require('node:module');
      const anything = () => new Proxy(class {}, { get: (target, key) => target[key] ?? (() => ({ dispose() {} })) });
      const vscode = new Proxy({}, { get: anything });
      const load = Module._load;
      Module._load = (request, ...more) => (request === 'vscode' ? vscode : load(request, ...more));
      ${statement}
      process.stdout.write(String(${JSON.stringify(resolve('dist/sdk.js'))} in require.cache));`,
    );
    return execFileSync(process.execPath, [script], { encoding: 'utf8' });
  }
});
