import { InputError } from '../../common/errors.js';
import { keys, stampOf } from '../../documents/keys.js';
import { quantile } from '../../drift/statistics.js';
import type { ObjectWriter } from '../../platform/ports/objects.js';
import { requestsOf, type TrafficWish } from './requests.js';
import type { SampledRows } from './rows.js';
import { sendAll, type Send, type Sent } from './send.js';
import { shiftsOf, type Shift, type Wish } from './shifts.js';

export interface SimulationWish extends TrafficWish {
  /** What moves; empty: of a drift every number. */
  shifts: readonly Wish[];
  labels: boolean;
}

/** Counts of what came back. */
export interface Simulation {
  rows: { from: string; count: number };
  shifted: Shift[];
  sent: number;
  /** Not sent, because the endpoint did not keep up with the rate. */
  left: number;
  answers: { status: number | null; count: number }[];
  /** The same of what was malformed or slow, by what was wrong. */
  odd: { what: string; status: number | null; count: number }[];
  seconds: number;
  /** Milliseconds to an answer; null where none came. */
  latency: { p50: number; p95: number; p99: number } | null;
  /** Labels that were written down as ground truth. */
  labels: number;
  /** The first failure in words. */
  failure: string | null;
}

interface Going {
  endpoint: string;
  send: Send;
  /** Where ground truth goes. */
  objects: ObjectWriter;
  signal: AbortSignal;
  progress: (text: string) => void;
  now: Date;
}

/** What a wish means on these rows, before anything is sent. @throws InputError for what cannot be shifted, or has no label */
export function planSimulation({ profile, shifts, labels }: SimulationWish, rows: SampledRows): Shift[] {
  if (labels && rows.labels.every((label) => label === null))
    throw new InputError(
      `--labels: found no label in ${rows.from}, expected the target beside what the model looks at`,
    );
  return profile === 'drift' || shifts.length > 0 ? shiftsOf(rows, shifts) : [];
}

/** Sends the traffic and counts what comes back; labels of answered requests go where ground truth lies. */
export async function simulate(
  wish: SimulationWish,
  rows: SampledRows,
  shifted: Shift[],
  at: Going,
): Promise<Simulation> {
  const { signal, now } = at;
  // Another run with the same seed asks the same, and is another run.
  const run = now.getTime().toString(36);
  const began = performance.now();
  const { sent, left } = await sendAll(requestsOf(wish, rows, shifted), at.send, {
    signal,
    nameOf: (index) => `simulated-${wish.seed}-${run}-${index + 1}`,
    progress: (count) => at.progress(`${count} sent`),
  });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const labels = wish.labels ? await writeLabels(at, sent, rows) : 0;
  const odd = sent.filter(({ request }) => request.wrong !== undefined || request.slow);
  return {
    ...{ rows: { from: rows.from, count: rows.values.length }, shifted, sent: sent.length, left, seconds, labels },
    answers: counted(sent, ({ status }) => ({ status })),
    odd: counted(odd, ({ request, status }) => ({ what: request.wrong ?? 'a slow body', status })),
    latency: latencyOf(sent),
    failure: sent.find(({ failure }) => failure !== undefined)?.failure ?? null,
  };
}

function counted<Key extends { status: number | null }>(
  sent: readonly Sent[],
  keyOf: (one: Sent) => Key,
): (Key & { count: number })[] {
  const counts = new Map<string, Key & { count: number }>();
  for (const one of sent) {
    const key = keyOf(one);
    const name = JSON.stringify(key);
    const before = counts.get(name)?.count ?? 0;
    counts.set(name, { ...key, count: before + 1 });
  }
  return [...counts].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, count]) => count);
}

function latencyOf(sent: readonly Sent[]): Simulation['latency'] {
  const times = Float64Array.from(sent.filter(({ status }) => status !== null).map(({ ms }) => ms)).sort();
  if (times.length === 0) return null;
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => Math.round(10 * quantile(times, share)) / 10);
  return { p50: p50!, p95: p95!, p99: p99! };
}

/** As SageMaker takes ground truth: lines of JSON, below the hour. */
async function writeLabels(
  { objects, endpoint, now }: Going,
  sent: readonly Sent[],
  rows: SampledRows,
): Promise<number> {
  const lines = sent.flatMap(({ inferenceId, status, request }) => {
    const label = rows.labels[request.row];
    if (status !== 200 || label == null) return [];
    const groundTruthData =
      typeof label === 'number'
        ? { data: String(label), encoding: 'CSV' }
        : { data: JSON.stringify([label]), encoding: 'JSON' };
    const eventMetadata = { eventId: inferenceId };
    return [JSON.stringify({ groundTruthData, eventMetadata, eventVersion: '0' })];
  });
  if (lines.length > 0)
    await objects.put(keys.groundTruthFile(endpoint, now, stampOf(now, `${Math.random()}`)), `${lines.join('\n')}\n`);
  return lines.length;
}
