// What `npm run lint` asks for: types, rules, format, which folder may import which, and that no two import each other.
// Two at a time; all of them are run, and what a check says is printed when it ends, with its time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** The slowest first, so that the others run beside it. */
const checks = [
  ['eslint', '.'],
  ['tsc', '--noEmit'],
  ['tsc', '--noEmit', '--project', 'scripts'],
  ['depcruise', 'src', 'webview', '--config', '.dependency-cruiser.cjs'],
  ['prettier', '--check', '.', '--log-level', 'warn'],
  ['scripts/mutual-folders.mjs'],
];

/** @param {string[]} words @returns {Promise<boolean>} whether all is well */
async function holds([name = '', ...args]) {
  const began = Date.now();
  const script = name.endsWith('.mjs') ? name : `node_modules/.bin/${name}`;
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const answer = child.exitCode === 0 ? 'well' : `exit code ${child.exitCode ?? child.signalCode}`;
  process.stdout.write(out + err);
  console.log(`lint: ${[name, ...args].join(' ')}: ${answer}, ${Math.round((Date.now() - began) / 1000)} s`);
  return child.exitCode === 0;
}

const waiting = [...checks];
let well = true;
async function work() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) well = (await holds(next)) && well;
}
await Promise.all([work(), work()]);
process.exitCode = well ? 0 : 1;
