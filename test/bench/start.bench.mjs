// What a window pays for us before anybody has asked for anything: `require` of its bundle, and of what the first project
// needs besides, in new processes in turn. BENCH_BEFORE=OTHER/dist measures another build beside this one.
//   node scripts/build.mjs --production && npm run bench start
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { median } from './measure.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 21);
const loads = `const Module = require('node:module');
  const anything = new Proxy(function () {}, { get: (_, key) => (key === 'prototype' ? {} : anything), apply: () => anything });
  const load = Module._load;
  Module._load = (request, ...more) => (request === 'vscode' ? anything : load(request, ...more));
  const before = process.cpuUsage();
  process.argv.slice(1).forEach(require);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);`;

/**
 * Milliseconds of CPU.
 * @param {string[]} files
 */
function cost(files) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', loads, ...files], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

/**
 * A build that does not divide its bundle has all in one file.
 * @param {string} dist
 */
function partsOf(dist) {
  const files = readdirSync(dist).filter((name) => /^extension-(project-work|open)-[^.]+\.js$/.test(name));
  return {
    window: [join(dist, 'extension.js')],
    'and a project': ['extension.js', ...files].map((name) => join(dist, name)),
  };
}

const now = partsOf(resolve('dist'));
const before = process.env.BENCH_BEFORE && partsOf(resolve(process.env.BENCH_BEFORE));
for (const part of /** @type {const} */ (['window', 'and a project'])) {
  const pairs = Array.from({ length: rounds }, () => ({
    before: before ? cost(before[part]) : NaN,
    now: cost(now[part]),
  }));
  const ours = median(pairs.map((pair) => pair.now));
  const other = median(pairs.map((pair) => pair.before));
  const beside = before ? `, before ${other.toFixed(1)} ms: ${(ours / other).toFixed(2)} x` : '';
  console.log(`${part.padEnd(14)} ${ours.toFixed(1)} ms of CPU${beside}`);
}
