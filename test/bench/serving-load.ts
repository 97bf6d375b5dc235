// Asks our endpoint and the reference with the same rows, in turns, and says what came of it. Started by serving.bench.mjs.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keys } from '../../src/documents/keys.js';
import { openLocal } from '../../src/platform/local/index.js';
import { freePort } from '../support/free-port.js';
import { closedLoop, openLoop, percentile, requestBytes, type Load } from '../support/load.js';

interface Model {
  names: string[];
  rows: number[][];
  scores: number[];
}
interface Side {
  url: string;
  token: string;
  pid: number;
}

const [folder = '', python = ''] = process.argv.slice(2);
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const soakSeconds = Number(process.env.BENCH_SOAK ?? 600);
const project = join(folder, 'project');
mkdirSync(project);
const engine = { endpointScript: resolve('dist/endpoint.js'), node: process.execPath };
const place = openLocal({ projectFolder: project, project: 'bench', engine });

async function ours(name: string, { names }: Model): Promise<Side> {
  const { objects, endpoints } = place.writers('bench');
  const inputs = names.map((one) => ({ name: one, type: 'number' }));
  const metadata = { kind: 'model-bundle', schemaVersion: 1, task: 'binary', family: 'lightgbm', threshold: 0.5 };
  await objects.put(`${keys.model(name)}lgb_model.txt`, readFileSync(join(folder, `${name}.txt`)));
  await objects.put(
    `${keys.model(name)}model_metadata.json`,
    JSON.stringify({ ...metadata, inputs, preprocessing: [] }),
  );
  const variants = [{ name: 'AllTraffic', modelVersion: name, weight: 1 }];
  const info = await endpoints.deploy({ name, group: 'bench', variants, capture: 1 });
  return { url: info.url!, token: readFileSync(info.tokenFile!, 'utf8').trim(), pid: info.pid! };
}

async function theirs(name: string): Promise<Side> {
  const port = await freePort();
  const script = 'test/bench/serving-reference.py';
  const child = spawn(python, [script, 'serve', folder, name, 'secret', String(port)], { stdio: 'inherit' });
  process.on('exit', () => child.kill());
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/ping`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await new Promise((wait) => setTimeout(wait, 100));
  return { url, token: 'secret', pid: child.pid! };
}

/** Both answer with LightGBM's own scores before anything is measured. */
async function agree({ url, token }: Side, { rows, scores }: Model): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/invocations`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ features: rows }),
  });
  const { probabilities } = (await response.json()) as { probabilities: number[] };
  const apart = Math.max(...scores.map((score, at) => Math.abs(score - probabilities[at]!)));
  if (!(apart < 1e-12)) throw new Error(`${url} answers other scores: ${apart} apart`);
}

function bodies(side: Side, { names, rows }: Model, kind: 'record' | 'batch'): (count: number) => Buffer {
  const headers = { authorization: `Bearer ${side.token}`, 'content-type': 'application/json' };
  const batches = Array.from({ length: 10 }, (_, at) => rows.slice(at * 100, at * 100 + 100));
  const bodies =
    kind === 'batch'
      ? batches.map((features) => ({ features }))
      : rows.map((row) => ({ features: Object.fromEntries(names.map((name, at) => [name, row[at]])) }));
  const made = bodies.map((body) => requestBytes(side.url, '/invocations', headers, JSON.stringify(body)));
  return (count) => made[count % made.length]!;
}

const say = (text: string) => process.stdout.write(`${text}\n`);
/** Of a process and its threads, in seconds. */
function processorTime({ pid }: Side): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const rateOf = ({ latencies, seconds: took }: Load) => latencies.length / took;
const median = (values: number[]) => percentile(values, 0.5);
const failures = ({ statuses }: Load) => [...statuses].filter(([status]) => status !== 200);

async function compare(name: string, kind: 'record' | 'batch', goals: { rate: number; p99?: number }): Promise<void> {
  const model = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Model;
  const sides = [await ours(name, model), await theirs(name)];
  for (const side of sides) await agree(side, model);
  const loads: Load[][] = [[], []];
  const costs: number[][] = [[], []];
  for (let round = 0; round <= rounds; round += 1)
    for (const [at, side] of sides.entries()) {
      const before = processorTime(side);
      const load = await closedLoop(side.url, bodies(side, model, kind), { connections: 10, seconds });
      if (failures(load).length > 0) throw new Error(`${side.url} answered ${JSON.stringify(failures(load))}`);
      // The first round warms both up.
      if (round === 0) continue;
      loads[at]!.push(load);
      costs[at]!.push((1e6 * (processorTime(side) - before)) / load.latencies.length);
    }
  const [rates, p99s] = [
    loads.map((of) => median(of.map(rateOf))),
    loads.map((of) => median(of.map(({ latencies }) => percentile(latencies, 0.99)))),
  ];
  const ratio = median(loads[0]!.map((load, at) => rateOf(load) / rateOf(loads[1]![at]!)));
  const p99 = median(
    loads[0]!.map(({ latencies }, at) => percentile(latencies, 0.99) / percentile(loads[1]![at]!.latencies, 0.99)),
  );
  const [own, other] = rates.map((rate, at) => `${rate.toFixed(0)} requests/s, p99 ${p99s[at]!.toFixed(2)} ms`);
  say(`${name}, ${kind}: ours ${own}; FastAPI ${other}`);
  // What does not depend on who else uses the machine.
  const [ownCost = NaN, otherCost = NaN] = costs.map(median);
  say(
    `  processor  ${ownCost.toFixed(0)} against ${otherCost.toFixed(0)} µs a request: ${(otherCost / ownCost).toFixed(2)} x less`,
  );
  say(`  throughput ${ratio.toFixed(2)} x (goal ${goals.rate}): ${ratio >= goals.rate ? 'met' : 'MISSED'}`);
  if (goals.p99) say(`  p99        ${p99.toFixed(2)} x (goal ${goals.p99}): ${p99 <= goals.p99 ? 'met' : 'MISSED'}`);
  process.kill(sides[1]!.pid);
  await place.writers('bench').endpoints.remove(name);
}

async function soak(): Promise<void> {
  const model = JSON.parse(readFileSync(join(folder, 'seven.json'), 'utf8')) as Model;
  const side = await ours('seven', model);
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${side.pid}/status`, 'utf8'))?.[1]) / 1024;
  await openLoop(side.url, bodies(side, model, 'record'), { rate: 100, seconds: Math.min(30, soakSeconds) });
  const before = memory();
  const load = await openLoop(side.url, bodies(side, model, 'record'), { rate: 100, seconds: soakSeconds });
  const p99 = percentile(load.latencies, 0.99);
  const failed = failures(load).reduce((sum, [, count]) => sum + count, 0);
  const grown = memory() - before;
  const good = failed === 0 && p99 < 25 && grown < 30;
  say(
    `soak, ${soakSeconds} s at 100 requests/s: ${failed} failed, p99 ${p99.toFixed(1)} ms (goal 25), memory ${grown.toFixed(0)} MiB more than ${before.toFixed(0)} (goal 30): ${good ? 'met' : 'MISSED'}`,
  );
  await place.writers('bench').endpoints.remove('seven');
}

async function main(): Promise<void> {
  await compare('seven', 'record', { rate: 4, p99: 0.4 });
  await compare('large', 'record', { rate: 4, p99: 0.4 });
  await compare('seven', 'batch', { rate: 3 });
  await compare('large', 'batch', { rate: 3 });
  if (soakSeconds > 0) await soak();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
