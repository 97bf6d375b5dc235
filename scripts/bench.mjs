// `npm run bench`: the same job here and in the libraries people use today, side by side in one run.
// Quote ratios: absolute times belong to this machine.
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = resolve(import.meta.dirname, '..', 'test', 'bench');
const asked = process.argv.slice(2);
const all = readdirSync(folder).filter((name) => name.endsWith('.bench.mjs'));
const chosen = asked.length === 0 ? all : all.filter((name) => asked.some((word) => name.startsWith(word)));
if (chosen.length === 0) {
  console.error(`bench: found no "${asked.join(' ')}", expected ${all.map((name) => name.split('.')[0]).join(' or ')}`);
  process.exit(2);
}
for (const name of chosen) await import(pathToFileURL(resolve(folder, name)).href);
