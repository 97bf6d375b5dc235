import { keys } from '../documents/keys.js';
import type { Recognised } from '../documents/recognise.js';
import type { Verdict } from '../documents/gates/verdict.js';
import type { CallOptions } from '../platform/ports/calls.js';
import type { Environment } from '../platform/ports/environment.js';
import { everyItem } from '../platform/ports/pages.js';
import { parseJson } from './store.js';

type Place = Pick<Environment, 'objects'>;

/** What another system's monitoring left below `monitoring/runs/`: figures and its own answer, without `kind`. */
export interface ForeignRun {
  key: string;
  /** When it was, as it or its key says, in ISO form; undefined where neither does. */
  at: string | undefined;
  found: Extract<Recognised, { kind: 'foreign-results' | 'foreign-answer' }>;
}

/** Keys of documents that may be such runs, oldest first: `<time>/monitoring_results.json` and `<time>.json`. */
async function foreignKeys({ objects }: Place, options: CallOptions): Promise<string[]> {
  const found: string[] = [];
  for await (const { kind, key } of everyItem(
    (page) => objects.list(keys.monitoringRuns, { ...page, folders: true }),
    options,
  )) {
    if (kind === 'folder') found.push(`${key}monitoring_results.json`);
    else if (key.endsWith('.json')) found.push(key);
  }
  return found.sort();
}

/** The run in one document; undefined where it is ours, something else, or no JSON. */
async function foreignRunAt({ objects }: Place, key: string, options: CallOptions): Promise<ForeignRun | undefined> {
  const bytes = await objects.read(key, options);
  if (bytes === undefined) return undefined;
  const { recognise } = await import('../documents/recognise.js');
  const found = recognise(readable(bytes, key));
  if (found.kind === 'foreign-results') return { key, at: timeOf(found.document.run_timestamp, key), found };
  return found.kind === 'foreign-answer' ? { key, at: timeOf(found.at, key), found } : undefined;
}

/** Either writes times as ISO or as `20260218-211407`; without a zone they are UTC. */
function timeOf(said: string | null | undefined, key: string): string | undefined {
  for (const text of [said ?? '', key]) {
    if (text === said && !Number.isNaN(Date.parse(text))) {
      const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T');
      return new Date(zoned ? text : `${text}Z`).toISOString();
    }
    const [, year, month, day, hour, minute, second] = /(\d{4})(\d\d)(\d\d)[-T](\d\d)(\d\d)(\d\d)/.exec(text) ?? [];
    if (year !== undefined) return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  }
  return undefined;
}

export function isForeignRun(run: object): run is ForeignRun {
  return 'found' in run && !('kind' in run);
}

/** What the other system made of it, in our words: gates that it says have failed, else what it decided. */
export function verdictOfForeign({ found }: Pick<ForeignRun, 'found'>): Verdict {
  if (found.kind === 'foreign-answer') {
    const { status, verdict } = found.document;
    const words = { RETRAIN: 'fail', HEALTHY: 'pass', FAILED: 'error', INCONCLUSIVE: 'inconclusive' } as const;
    return verdict ?? words[status];
  }
  const { primary_gate: primary, secondary_gates: secondary, retrain_needed: needed } = found.document;
  if (needed || primary?.passed === false) return 'fail';
  return secondary.some(({ passed }) => passed === false) ? 'warn' : 'pass';
}

/** Whether it asked for a retraining. */
export function foreignRetrains({ found }: Pick<ForeignRun, 'found'>): boolean {
  return found.kind === 'foreign-results' ? found.document.retrain_needed : found.document.status === 'RETRAIN';
}

function readable(bytes: Uint8Array, key: string): unknown {
  try {
    return parseJson(bytes, key);
  } catch {
    return undefined;
  }
}

/** Every run that another system left, oldest first. */
export async function foreignRuns(environment: Place, options: CallOptions = {}): Promise<ForeignRun[]> {
  const found: ForeignRun[] = [];
  for (const key of await foreignKeys(environment, options)) {
    const run = await foreignRunAt(environment, key, options);
    if (run !== undefined) found.push(run);
  }
  return found;
}

/** The newest of them; undefined where there is none. Few documents are read: the newest lie last. */
export async function newestForeignRun(environment: Place, options: CallOptions = {}): Promise<ForeignRun | undefined> {
  for (const key of (await foreignKeys(environment, options)).reverse()) {
    const run = await foreignRunAt(environment, key, options);
    if (run !== undefined) return run;
  }
  return undefined;
}

/** Why what needs our own results has nothing to show, where another system's are there. */
export async function onlyForeign(environment: Place, what: string, instead: string): Promise<string | undefined> {
  const run = await newestForeignRun(environment);
  return run && `${what}: the monitoring results here are another system's (newest: ${run.key}); ${instead}`;
}
