// Lays out the build context of the container image: the bundle, its wrappers, and for each architecture the packages
// that stay outside of the bundle, with DuckDB's binding for Linux. Needs no Docker; building the image does.
//   npm run container -- --context DIR [--arch amd64,arm64]
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '..');
/** Docker's names of architectures, and npm's. */
/** @type {Record<string, string>} */
const cpus = { amd64: 'x64', arm64: 'arm64' };
/** What runs in the image: its commands, what they load when asked, and what they start. Built before. */
const bundles = ['cli.js', 'sdk.js', 'worker.js'].filter(
  (name) => name === 'cli.js' || existsSync(join(root, 'dist', name)),
);

const { values } = parseArgs({ options: { context: { type: 'string' }, arch: { type: 'string', default: 'amd64' } } });
const architectures = values.arch.split(',');
const unknown = architectures.find((name) => !(name in cpus));
if (values.context === undefined) fail('expected --context DIR, an empty or a new folder');
if (unknown !== undefined) fail(`--arch: found "${unknown}", expected ${Object.keys(cpus).join(' or ')}`);
const context = resolve(values.context);
if (!existsSync(join(root, 'dist/cli.js'))) fail('found no dist/cli.js, expected the bundle; run: npm run build');
// Whatever else lies there would become part of the image.
const others = existsSync(context) ? readdirSync(context).filter((name) => !isOurs(name)) : [];
if (others.length > 0) fail(`${context}: found ${others[0]}, expected an empty or a new folder`);

rmSync(context, { recursive: true, force: true });
const program = join(context, 'program');
mkdirSync(join(program, 'dist'), { recursive: true });
for (const name of bundles) cpSync(join(root, 'dist', name), join(program, 'dist', name));
cpSync(join(root, 'container/bin'), join(program, 'bin'), { recursive: true });
cpSync(join(root, 'container/Dockerfile'), join(context, 'Dockerfile'));
for (const name of ['LICENSE', 'package.json']) cpSync(join(root, name), join(program, name));

for (const architecture of architectures) {
  // Beside the lock file, so that exactly what was tested is installed; nothing of it is built or run here.
  const place = join(context, `install-${architecture}`);
  mkdirSync(place);
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(root, name), join(place, name));
  const target = ['--os=linux', `--cpu=${cpus[architecture]}`, '--libc=glibc'];
  run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...target], place);
  renameSync(join(place, 'node_modules'), join(context, `node_modules-${architecture}`));
  rmSync(place, { recursive: true });
}
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
writeFileSync(join(context, '.dockerignore'), 'install-*\n');
console.log(`${context}: ready for ${architectures.join(' and ')}; docker build -t mlops:${version} ${context}`);

/** @param {string} name of what an earlier layout left */
function isOurs(name) {
  return ['program', 'Dockerfile', '.dockerignore'].includes(name) || /^(node_modules|install)-/.test(name);
}

/** @param {string} command @param {string[]} args @param {string} cwd */
function run(command, args, cwd) {
  const { status, stderr } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (status !== 0) fail(`${command} ${args[0]} failed: ${stderr.trim().split('\n').slice(-5).join('\n')}`);
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(`container: ${message}`);
  process.exit(2);
}
