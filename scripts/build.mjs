// Bundles the product: one file a process (extension, cli, engine, endpoint, worker), one a webview page, and the AWS SDK
// in a file of its own, which only those load that speak to AWS.
import { build } from 'esbuild';
import { existsSync, readdirSync, rmSync } from 'node:fs';

const production = process.argv.includes('--production');
const shared = { bundle: true, sourcemap: true, minify: production, logLevel: 'warning' };

const node = { ...shared, outdir: 'dist', platform: 'node', target: 'node20', format: 'cjs' };

const processes = ['extension', 'cli', 'engine', 'endpoint', 'worker'].filter((name) => existsSync(`src/${name}.ts`));
const pages = readdirSync('webview', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`webview/${entry.name}/index.ts`))
  .map((entry) => entry.name);

rmSync('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...node,
    entryPoints: Object.fromEntries(processes.map((name) => [name, `src/${name}.ts`])),
    external: ['vscode', '@duckdb/node-api', './sdk.js'],
    // What stays outside is CommonJS, and required when it is first used.
    supported: { 'dynamic-import': false },
    banner: { js: '#!/usr/bin/env node' },
  }),
  build({ ...node, entryPoints: { sdk: 'src/platform/aws/sdk.ts' } }),
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
