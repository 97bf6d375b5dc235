// Packs what was built as a file that VS Code installs: mlops-workbench-<platform>-<version>.vsix, one a platform. Of
// node_modules it holds DuckDB with that platform's native binding, and nothing else: see .vscodeignore. Source maps stay
// in dist/. A package that is larger than its platform may have is an error.
//   npm run package                            for this platform
//   npm run package -- --all                   for every platform
//   npm run package -- --target darwin-arm64   for that one; may be said several times
import { createVSIX } from '@vscode/vsce';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { placeBindings } from './package/bindings.mjs';
import { targetHere, targets } from './package/targets.mjs';

const root = resolve(import.meta.dirname, '..');
/** What may be in a package; .vscodeignore says what of it is. */
const parts = ['.vscodeignore', 'package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'].concat(
  ['dist', 'docs', 'media', 'schemas', 'templates'],
  ['@duckdb/node-api', '@duckdb/node-bindings', 'detect-libc'].map((name) => join('node_modules', name)),
);

/** @param {string} problem */
function leave(problem) {
  console.error(`package: ${problem}`);
  process.exit(2);
}

function readTargets() {
  const { values } = parseArgs({ options: { all: { type: 'boolean' }, target: { type: 'string', multiple: true } } });
  const asked = values.all ? targets.map(({ target }) => target) : (values.target ?? [targetHere()]);
  return asked.map(
    (name) =>
      targets.find(({ target }) => target === name) ??
      leave(`found the platform ${name}, expected one of ${targets.map(({ target }) => target).join(', ')}`),
  );
}

/**
 * @param {import('./package/targets.mjs').Target} target
 * @returns {Promise<string>} the package's path
 */
async function pack({ target, bindings, maxBytes }) {
  const scratch = mkdtempSync(join(tmpdir(), 'mlops-package-'));
  try {
    const cwd = join(scratch, 'extension');
    for (const part of parts) cpSync(join(root, part), join(cwd, part), { recursive: true });
    placeBindings(root, bindings, cwd, scratch);
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const packagePath = join(root, `${name}-${target}-${version}.vsix`);
    // Links of the README stay as they are: the pages that they lead to are in the package.
    await createVSIX({ cwd, target, packagePath, rewriteRelativeLinks: false, allowMissingRepository: true });
    const { size } = statSync(packagePath);
    if (size > maxBytes) leave(`${packagePath} has ${size} bytes, expected at most ${maxBytes}`);
    return packagePath;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (!existsSync(join(root, 'dist/extension.js')))
  leave('found no dist/extension.js, expected the bundle; run: npm run package');
for (const target of readTargets()) if (target) console.log(await pack(target));
