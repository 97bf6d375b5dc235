// Bundles the product: one file a process (cli, engine, endpoint, worker), several for the extension, one a webview page,
// and the AWS SDK and the assistants' protocol each in a file of its own, which only those load that speak it. Source maps lie
// beside them, and NOTICES.txt, the licences of what is bundled.
//   node scripts/build.mjs [--production | --watch]    --production: minified, as it is shipped
//   --watch: builds anew whenever a source changes
import { build, transform } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { noticesOf } from './build/notices.mjs';

const production = process.argv.includes('--production');
// Shipped maps tell file and line; the sources lie in the repository.
const maps = { sourcemap: true, sourcesContent: !production };
/** @satisfies {import('esbuild').BuildOptions} */
const shared = /** @type {const} */ ({
  ...maps,
  bundle: true,
  metafile: true,
  minify: production,
  logLevel: 'warning',
});
const node = /** @type {const} */ ({ ...shared, outdir: 'dist', platform: 'node', target: 'node20', format: 'cjs' });
// What stays outside is CommonJS, and required when it is first used.
const required = { supported: { 'dynamic-import': false } };
const external = ['vscode', '@duckdb/node-api'];
/** Large packages that few processes need, each by the one file of ours that hands it on. */
const apart = { sdk: 'src/platform/aws/account/sdk.ts', 'mcp-sdk': 'src/mcp/mcp-sdk.ts' };
/**
 * Those files, from whichever folder they are asked for.
 * @type {import('esbuild').Plugin}
 */
const keptApart = {
  name: 'kept-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/(mcp-)?sdk\.js$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true })),
};

const processes = ['cli', 'engine', 'endpoint', 'worker', 'tables', 'checker'];
const pages = readdirSync('webview', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`webview/${entry.name}/index.ts`))
  .map((entry) => entry.name);

/**
 * Bundles with a file of its own for whatever is imported when it is needed, so that a window parses no more than it
 * uses. esbuild splits ES modules only; VS Code loads CommonJS at once, so each file is translated afterwards.
 * @param {string} entry
 */
async function buildSplit(entry) {
  const { outputFiles, metafile } = await build({
    ...node,
    ...{ entryPoints: [entry], external, plugins: [keptApart], format: 'esm', splitting: true },
    ...{
      minify: false,
      sourcemap: /** @type {const} */ ('inline'),
      write: /** @type {const} */ (false),
      chunkNames: `${basename(entry, '.ts')}-[name]-[hash]`,
    },
  });
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code, map } = await transform(text, {
        ...{ ...maps, ...required, minify: production, platform: 'node', target: 'node20', format: 'cjs' },
        sourcefile: path,
      });
      writeFileSync(path, `${code}//# sourceMappingURL=${basename(path)}.map\n`);
      writeFileSync(`${path}.map`, map);
    }),
  );
  return { metafile };
}

async function buildAll() {
  rmSync('dist', { recursive: true, force: true });
  mkdirSync('dist');
  const built = await Promise.all([
    buildSplit('src/extension.ts'),
    build({
      ...node,
      ...required,
      external,
      plugins: [keptApart],
      entryPoints: Object.fromEntries(processes.map((name) => [name, `src/${name}.ts`])),
      banner: { js: '#!/usr/bin/env node' },
    }),
    build({ ...node, entryPoints: apart }),
    build({
      ...shared,
      entryPoints: Object.fromEntries(pages.map((name) => [name, `webview/${name}/index.ts`])),
      outdir: 'dist/webview',
      platform: 'browser',
      target: 'es2022',
      format: 'iife',
      loader: { '.svg': 'text', '.ttf': 'dataurl' },
    }),
  ]);
  writeFileSync('dist/NOTICES.txt', noticesOf(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
}

await buildAll();
if (process.argv.includes('--watch')) {
  /** @type {NodeJS.Timeout | undefined} */
  let due;
  let building = Promise.resolve();
  // esbuild has said what is wrong.
  const again = () => (building = building.then(buildAll, () => undefined).then(tell, () => undefined));
  const tell = () => console.log(`built at ${new Date().toLocaleTimeString()}; watching src and webview`);
  tell();
  for (const folder of ['src', 'webview'])
    watch(folder, { recursive: true }, () => {
      clearTimeout(due);
      due = setTimeout(again, 200);
    });
}
