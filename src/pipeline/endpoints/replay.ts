import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../common/errors.js';
import { captureRecordSchema, type CaptureRecord } from '../../documents/capture/capture-record.js';
import { compareAnswers, type AnswerDifference } from '../../documents/capture/compare-answers.js';
import { keys } from '../../documents/keys.js';
import type { Environment } from '../../platform/ports/environment.js';
import { everyItem } from '../../platform/ports/pages.js';
import { answererOf } from '../../serving/answering/answerer.js';
import { loadPredictor } from '../../serving/predictor.js';
import type { ScorerPlace } from '../../serving/scorers/scorer.js';

export interface ReplayWish {
  endpoint: string;
  /** Whose captured answers; absent: of all variants. */
  variant?: string;
  version: string;
  /** The newest so many requests. */
  limit: number;
  /** Requests a second, at most. */
  rate: number;
}

/** A request that the version answers otherwise than was answered then. */
export interface DifferingRequest extends NonNullable<AnswerDifference['first']> {
  eventId: string;
  inferenceId?: string;
  at?: string;
  /** Rows of the request that differ. */
  rows: number;
}

export interface Replayed {
  requests: number;
  rows: number;
  differingRows: number;
  /** The largest distance of two scores; null where none could be read. */
  largest: number | null;
  differing: DifferingRequest[];
  /** Requests that the version cannot answer, and why. */
  failed: { eventId: string; why: string }[];
  /** Lines that are no capture of a request and its answer. */
  unreadable: number;
}

interface Going {
  signal: AbortSignal;
  progress: (text: string) => void;
  place: ScorerPlace;
}

/**
 * Answers captured requests once more with a version, on this machine, and holds its answers against those that were
 * given. No endpoint is asked, and nothing is written.
 * @throws InputError for a version that cannot be loaded; the signal's reason
 */
export async function replay(environment: Environment, wish: ReplayWish, going: Going): Promise<Replayed> {
  const { signal, progress, place } = going;
  const { objects } = environment;
  const files = await captureFiles(environment, wish, signal);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const seconds = Math.ceil(wish.limit / wish.rate);
  progress(
    `up to ${wish.limit} requests of ${files.length} captured files (${(size / 1e6).toFixed(1)} MB): about ${seconds} s at ${wish.rate} a second; ${wish.version} answers here, no endpoint is asked or paid`,
  );
  const found: Replayed = {
    ...{ requests: 0, rows: 0, differingRows: 0, largest: null },
    ...{ differing: [], failed: [], unreadable: 0 },
  };
  if (files.length === 0) return found;
  const predictor = await loadPredictor(objects, wish.version, place);
  const answerer = answererOf();
  const began = performance.now();
  try {
    for (const { key } of files) {
      const bytes = await objects.read(key, { signal });
      const lines = Buffer.from(bytes ?? [])
        .toString('utf8')
        .trimEnd()
        .split('\n');
      for (const line of lines.reverse()) {
        if (found.requests >= wish.limit) return found;
        signal.throwIfAborted();
        const record = recordOf(line);
        if (record === undefined) found.unreadable += 1;
        else await replayOne(found, record, async (asked) => answerer.answer(predictor, asked));
        const early = began + (1000 * found.requests) / wish.rate - performance.now();
        if (early > 1) await sleep(early, undefined, { signal });
      }
    }
    return found;
  } finally {
    await answerer.close();
    await predictor.scorer?.close();
  }
}

/** Newest first: names below a variant carry the time of writing. */
async function captureFiles({ objects }: Environment, { endpoint, variant }: ReplayWish, signal: AbortSignal) {
  const prefix = keys.capture(endpoint) + (variant === undefined ? '' : `${variant}/`);
  const files: { key: string; size: number; when: string }[] = [];
  for await (const entry of everyItem((page) => objects.list(prefix, { ...page, signal })))
    if (entry.kind === 'object' && entry.key.endsWith('.jsonl'))
      files.push({
        key: entry.key,
        size: entry.size,
        when: entry.key.slice(keys.capture(endpoint).length).replace(/^[^/]*\//, ''),
      });
  return files.sort((left, right) => (left.when < right.when ? 1 : -1));
}

interface Recorded {
  record: CaptureRecord;
  input: NonNullable<CaptureRecord['captureData']['endpointInput']>;
  output: NonNullable<CaptureRecord['captureData']['endpointOutput']>;
}

function recordOf(line: string): Recorded | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = captureRecordSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { endpointInput: input, endpointOutput: output } = parsed.data.captureData;
  return input && output && { record: parsed.data, input, output };
}

type Ask = (asked: Parameters<ReturnType<typeof answererOf>['answer']>[1]) => Promise<{ text: string }>;

async function replayOne(found: Replayed, { record, input, output }: Recorded, ask: Ask): Promise<void> {
  const { eventId, inferenceId, inferenceTime } = record.eventMetadata;
  const body = Buffer.from(input.data, input.encoding === 'BASE64' ? 'base64' : 'utf8');
  const contentType = input.observedContentType ?? (input.encoding === 'CSV' ? 'text/csv' : 'application/json');
  found.requests += 1;
  let text: string;
  try {
    ({ text } = await ask({ contentType, body, at: new Date(inferenceTime ?? 0), as: formOf(output) }));
  } catch (error) {
    found.failed.push({ eventId, why: messageOf(error) });
    return;
  }
  const { rows, different, largest, first } = compareAnswers(output, {
    ...output,
    data: text,
    encoding: textOf(output),
  });
  found.rows += rows;
  found.differingRows += different;
  if (largest !== null) found.largest = Math.max(found.largest ?? 0, largest);
  if (first) found.differing.push({ ...first, eventId, inferenceId, at: inferenceTime, rows: different });
}

/** In the form in which it was answered then. */
function formOf({ encoding, observedContentType = '' }: Recorded['output']): 'csv' | 'jsonlines' | undefined {
  if (encoding === 'CSV' || /csv/i.test(observedContentType)) return 'csv';
  return /jsonlines|ndjson/i.test(observedContentType) ? 'jsonlines' : undefined;
}

const textOf = (output: Recorded['output']): 'CSV' | 'JSON' => (formOf(output) === 'csv' ? 'CSV' : 'JSON');
