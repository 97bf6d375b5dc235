import { randomUUID } from 'node:crypto';
import { keys } from '../documents/keys.js';
import { mediaType } from './input/decode.js';

/** A request that was answered, as the endpoint saw it. */
export interface Exchange {
  /** Of one request and all variants that answered it. */
  eventId?: string;
  at: Date;
  variant: string;
  input: { contentType: string; body: Uint8Array };
  output: { contentType: string; body: string };
  inferenceId?: string;
  customAttributes?: string;
}

export interface CaptureLog {
  /** Never fails: what there is no room for is dropped and counted. */
  add(exchange: Exchange): void;
  /** Writes what waits. What cannot be written waits on, up to a limit. @throws saying how many were dropped */
  flush: () => Promise<void>;
}

/** A file that grows: it is written anew with every flush until it is large or old enough. */
interface Growing {
  key: string;
  since: number;
  lines: string[];
  bytes: number;
  /** Of `lines`, so many are in the bucket. */
  written: number;
}

/** A file is finished at this size, and no more is written again and again than this. */
const fileBytes = 1 << 20;
const fileMs = 10_000;
const waitingBytes = 64 << 20;

/**
 * Data capture as SageMaker writes it: JSON lines at `…/<variant>/yyyy/mm/dd/hh/{mm}-{ss}-{mmm}-{uuid}.jsonl` (UTC).
 * One file holds exchanges of one variant and one hour. It is written long before it is finished: a process that is
 * killed loses what came since the last flush, and readers do not get a file a second.
 */
export function captureLog(
  endpoint: string,
  put: (key: string, body: string) => Promise<void>,
  now: () => number = () => performance.now(),
): CaptureLog {
  /** By variant and hour. */
  const growing = new Map<string, Growing>();
  let finished: Growing[] = [];
  let waiting = 0;
  let writing = Promise.resolve();
  let lost = 0;

  function add(exchange: Exchange): void {
    const line = lineOf(exchange);
    if (waiting + line.length > waitingBytes) {
      lost += 1;
      return;
    }
    const hour = `${exchange.variant} ${exchange.at.toISOString().slice(0, 13)}`;
    let file = growing.get(hour);
    if (file === undefined) {
      file = { key: keyOf(endpoint, exchange), since: now(), lines: [], bytes: 0, written: 0 };
      growing.set(hour, file);
    }
    file.lines.push(line);
    file.bytes += line.length;
    waiting += line.length;
    if (file.bytes < fileBytes) return;
    growing.delete(hour);
    finished.push(file);
  }

  async function write(file: Growing): Promise<void> {
    const { length } = file.lines;
    if (file.written === length) return;
    await put(file.key, file.lines.join('\n') + '\n');
    for (const line of file.lines.slice(file.written, length)) waiting -= line.length;
    file.written = length;
  }

  async function writeAll(): Promise<void> {
    while (finished.length > 0) {
      await write(finished[0]!);
      finished = finished.slice(1);
    }
    for (const [hour, file] of growing) {
      await write(file);
      // More may have come while it was written.
      const isWhole = growing.get(hour) === file && file.written === file.lines.length;
      if (isWhole && now() - file.since >= fileMs) growing.delete(hour);
    }
    if (lost > 0) {
      const count = lost;
      lost = 0;
      throw new Error(`${count} captured requests were dropped: they could not be written for too long`);
    }
  }

  function flush(): Promise<void> {
    const next = writing.then(writeAll);
    writing = next.catch(() => undefined);
    return next;
  }

  return { add, flush };
}

function keyOf(endpoint: string, { variant, at }: Pick<Exchange, 'variant' | 'at'>): string {
  const iso = at.toISOString();
  const hour = `${iso.slice(0, 4)}/${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(11, 13)}`;
  const name = `${iso.slice(14, 16)}-${iso.slice(17, 19)}-${iso.slice(20, 23)}-${randomUUID()}`;
  return `${keys.capture(endpoint)}${variant}/${hour}/${name}.jsonl`;
}

/**
 * The record's shape: SageMaker Developer Guide, "Capture data from real-time endpoint". Written piece by piece: it is
 * done for every request, and only what came from outside needs to be quoted.
 */
function lineOf({ eventId, at, input, output, inferenceId, customAttributes }: Exchange): string {
  const id = inferenceId === undefined ? '' : `,"inferenceId":${JSON.stringify(inferenceId)}`;
  const attributes = customAttributes === undefined ? '' : `,"customAttributes":[${JSON.stringify(customAttributes)}]`;
  return (
    `{"captureData":{"endpointInput":${side('INPUT', input)},"endpointOutput":${side('OUTPUT', output)}},` +
    `"eventMetadata":{"eventId":"${eventId ?? randomUUID()}"${id}${attributes},"inferenceTime":"${at.toISOString().slice(0, 19)}Z"},` +
    `"eventVersion":"0"}`
  );
}

const encodings: Partial<Record<string, 'CSV' | 'JSON'>> = { 'text/csv': 'CSV', 'application/json': 'JSON' };

function side(
  mode: 'INPUT' | 'OUTPUT',
  { contentType, body }: { contentType: string; body: Uint8Array | string },
): string {
  const encoding = encodings[mediaType(contentType)] ?? 'BASE64';
  const data =
    typeof body === 'string' && encoding !== 'BASE64'
      ? body
      : bytesOf(body).toString(encoding === 'BASE64' ? 'base64' : 'utf8');
  return `{"observedContentType":${JSON.stringify(contentType)},"mode":"${mode}","data":${JSON.stringify(data)},"encoding":"${encoding}"}`;
}

function bytesOf(body: Uint8Array | string): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
