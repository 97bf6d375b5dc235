// Packs what was built as a file that VS Code installs, for this platform: mlops-workbench-<platform>-<version>.vsix.
// Of node_modules it holds DuckDB with this platform's native binding, and nothing else: see .vscodeignore.
//   npm run package
import { createVSIX } from '@vscode/vsce';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** This machine in the Marketplace's words, in which Linux with musl is called alpine. */
function platformHere() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  const musl = process.platform === 'linux' && header.glibcVersionRuntime === undefined;
  return `${musl ? 'alpine' : process.platform}-${process.arch}`;
}

if (!existsSync(join(root, 'dist/extension.js'))) {
  console.error('package: found no dist/extension.js, expected the bundle; run: npm run package');
  process.exit(2);
}
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const target = platformHere();
const packagePath = join(root, `${name}-${target}-${version}.vsix`);
// Links of the README stay as they are: the pages that they lead to are in the package.
await createVSIX({ cwd: root, target, packagePath, rewriteRelativeLinks: false, allowMissingRepository: true });
console.log(packagePath);
