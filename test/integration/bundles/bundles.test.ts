import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { transform } from 'esbuild';

/** A bundle, and the files that it loads when they are needed. */
function filesOf(name: string): string[] {
  const all = readdirSync('dist').filter((file) => file.endsWith('.js'));
  return all.filter((file) => file === `${name}.js` || file.startsWith(`${name}-`)).map((file) => join('dist', file));
}

/** What a statement prints, in a process whose VS Code has everything and does nothing. */
function saidBy(statement: string, ...options: string[]): string {
  const script = `const Module = require('node:module');
    const anything = () => new Proxy(class {}, { get: (target, key) => target[key] ?? (() => ({ dispose() {} })) });
    const vscode = new Proxy({}, { get: anything });
    const load = Module._load;
    Module._load = (request, ...more) => (request === 'vscode' ? vscode : load(request, ...more));
    ${statement}`;
  return execFileSync(process.execPath, [...options, '-e', script], { encoding: 'utf8' });
}
/** Files of ours that a statement loads. */
const loadedBy = (statement: string) =>
  JSON.parse(saidBy(`${statement} console.log(JSON.stringify(Object.keys(require.cache)));`)) as string[];
/** Bytes of files, as they are shipped. */
async function shippedBytes(files: string[]): Promise<number> {
  const minified = files.map((file) =>
    transform(readFileSync(file, 'utf8'), { minify: true, format: 'cjs', platform: 'node' }),
  );
  return (await Promise.all(minified)).reduce((sum, { code }) => sum + code.length, 0);
}
const requiring = (file: string) => `require(${JSON.stringify(resolve(file))})`;

/**
 * What may be loaded with the window itself. No schema, no operation, nothing of packages: whatever a project needs is
 * in `vscode/project-work.ts`, and what a command does in `vscode/commands/all.ts`.
 */
const startsWindow = [
  /^src\/(extension\.ts$|common\/)/,
  /^src\/vscode\/(?!project-work\.ts$|commands\/(?!register\.ts$))/,
  /^src\/report\/(format\/|export\/(page-shell|html)|protocol|view|view-parts|shown-bytes)/,
  /^src\/documents\/(keys|hosting-prices|threshold-source)\.ts$/,
  /^src\/pipeline\/(cancel|events|look-at-each|status\/(ended-stages|broken)|endpoints\/(drift|words)|feature-groups\/words)\.ts$/,
  /^src\/platform\/(permissions\/guard|ports\/pages|aws\/account\/sign-in-places)\.ts$/,
  /^src\/project\/(environments|file-name)\.ts$/,
  /^src\/data\/archive\/archive\.ts$/,
];

describe('the bundles', () => {
  it('find every part that they load when it is needed', () => {
    const files = readdirSync('dist').filter((file) => file.endsWith('.js'));
    const parts = files.flatMap((file) => {
      const text = readFileSync(join('dist', file), 'utf8');
      return [...text.matchAll(/require\("(\.\/[^"]+)"\)/g)].map((found) => found[1]!);
    });
    assert.ok(parts.includes('./sdk.js') && parts.some((part) => part.startsWith('./extension-drawing-')));
    assert.deepEqual(
      parts.filter((part) => !existsSync(join('dist', part))),
      [],
    );
  });

  it('have source maps beside them, of their own sources', () => {
    for (const file of filesOf('extension').concat(filesOf('engine'))) {
      const named = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(readFileSync(file, 'utf8'))?.[1];
      assert.ok(named, `${file} names no map`);
      const { sources } = JSON.parse(readFileSync(join('dist', named), 'utf8')) as { sources: string[] };
      for (const source of sources.filter((name) => name.includes('/src/') && !name.includes('node_modules')))
        assert.ok(existsSync(resolve('dist', source)), `${named}: ${source}`);
    }
    const { sources } = JSON.parse(readFileSync('dist/extension.js.map', 'utf8')) as { sources: string[] };
    assert.ok(sources.some((name) => name.endsWith('src/vscode/start.ts')));
  });

  it('start a window with less than 140 kB, minified', async () => {
    const bytes = await shippedBytes(loadedBy(`${requiring('dist/extension.js')};`));
    assert.ok(bytes > 50_000 && bytes < 140_000, `${bytes} bytes`);
  });

  it('open a project with less than 500 kB, minified, and nothing of AWS, DuckDB or charts', async () => {
    const parts = filesOf('extension').filter((file) => /extension(-project-work-.*|-open-[A-Z0-9]+)?\.js$/.test(file));
    assert.equal(parts.length, 3);
    const loaded = loadedBy(parts.map((file) => `${requiring(file)};`).join(''));
    const bytes = await shippedBytes(loaded);
    assert.ok(bytes > 250_000 && bytes < 500_000, `${bytes} bytes in ${loaded.length} files`);
    const text = loaded.map((file) => readFileSync(`${file}.map`, 'utf8')).join('');
    assert.doesNotMatch(text, /node_modules\/(@aws-sdk|@smithy|@duckdb|chart\.js)\//);
  });

  it('are handed on with the licences of the packages that are in them, and of no others', () => {
    const text = readFileSync('dist/NOTICES.txt', 'utf8');
    for (const name of ['zod', '@aws-sdk/client-s3', '@modelcontextprotocol/sdk', 'chart.js'])
      assert.match(text, new RegExp(`^${name} [\\d.]+ \\((MIT|Apache-2.0)\\)$`, 'm'));
    assert.doesNotMatch(text, /^(mocha|esbuild|typescript) /m);
  });

  it('start a window with nothing but what draws it: the rest comes by `import()` with a project or a command', () => {
    const sources = loadedBy(`${requiring('dist/extension.js')};`).flatMap(
      (file) => (JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: string[] }).sources,
    );
    const names = sources.flatMap((name) => /(?:^|\/)((?:src|node_modules)\/.+)$/.exec(name)?.[1] ?? []);
    assert.ok(names.includes('src/vscode/start.ts') && names.includes('src/vscode/trees/views.ts'));
    assert.deepEqual(
      names.filter((name) => !startsWindow.some((form) => form.test(name))),
      [],
    );
  });
});

describe('the AWS SDK in the bundles', () => {
  for (const name of ['extension', 'cli', 'engine', 'endpoint'])
    it(`is no part of ${name}.js, nor of what it loads with itself`, () => {
      for (const file of filesOf(name))
        assert.doesNotMatch(readFileSync(file, 'utf8'), /node_modules\/(@aws-sdk|@smithy)\//);
    });

  it('is not loaded with the extension', () => {
    assert.ok(!loadedBy(`${requiring('dist/extension.js')};`).includes(resolve('dist/sdk.js')));
  });

  it('is loaded when an AWS environment asks for it', () => {
    assert.ok(loadedBy(`${requiring('dist/sdk.js')}.sts();`).includes(resolve('dist/sdk.js')));
  });
});

describe('what goes wrong', () => {
  it('can be read with the file and line of its source', () => {
    const statement = `try { ${requiring('dist/extension.js')}.activate(); } catch (error) { console.log(error.stack); }`;
    assert.match(saidBy(statement, '--enable-source-maps'), /src\/extension\.ts:\d+:\d+/);
  });
});
