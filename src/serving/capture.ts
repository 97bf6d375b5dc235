import { randomUUID } from 'node:crypto';
import { keys } from '../documents/keys.js';
import { mediaType } from './input/decode.js';

/** A request that was answered, as the endpoint saw it. */
export interface Exchange {
  at: Date;
  variant: string;
  input: { contentType: string; body: Uint8Array };
  output: { contentType: string; body: string };
  inferenceId?: string;
  customAttributes?: string;
}

export interface CaptureLog {
  add(exchange: Exchange): void;
  /** Writes what waits. What cannot be written waits on, up to a limit. */
  flush: () => Promise<void>;
}

interface Batch {
  variant: string;
  at: Date;
  lines: string[];
  bytes: number;
}

const fileBytes = 1 << 20;
const waitingBytes = 64 << 20;

/**
 * Data capture as SageMaker writes it: JSON lines at `…/<variant>/yyyy/mm/dd/hh/{mm}-{ss}-{mmm}-{uuid}.jsonl` (UTC).
 * One file holds exchanges of one variant and one hour.
 */
export function captureLog(endpoint: string, put: (key: string, body: string) => Promise<void>): CaptureLog {
  let waiting = new Map<string, Batch>();
  let writing = Promise.resolve();
  let lost = 0;

  function add(exchange: Exchange): void {
    const line = lineOf(exchange);
    const hour = `${exchange.variant} ${exchange.at.toISOString().slice(0, 13)}`;
    const batch = waiting.get(hour) ?? { variant: exchange.variant, at: exchange.at, lines: [], bytes: 0 };
    if (sizeOf(waiting) + line.length > waitingBytes) {
      lost += 1;
      return;
    }
    batch.lines.push(line);
    batch.bytes += line.length;
    waiting.set(hour, batch);
    // A failure is told and tried again by the next timed flush.
    if (batch.bytes >= fileBytes) void flush().catch(() => undefined);
  }

  async function writeAll(): Promise<void> {
    const batches = waiting;
    waiting = new Map();
    for (const [hour, batch] of batches) {
      try {
        await put(keyOf(endpoint, batch), batch.lines.join('\n') + '\n');
        batches.delete(hour);
      } catch (error) {
        giveBack(batches);
        throw error;
      }
    }
    if (lost > 0) {
      const count = lost;
      lost = 0;
      throw new Error(`${count} captured requests were dropped: they could not be written for too long`);
    }
  }

  function giveBack(batches: Map<string, Batch>): void {
    for (const [hour, old] of batches) {
      const newer = waiting.get(hour);
      const lines = [...old.lines, ...(newer?.lines ?? [])];
      waiting.set(hour, { ...old, lines, bytes: old.bytes + (newer?.bytes ?? 0) });
    }
  }

  function flush(): Promise<void> {
    const next = writing.then(writeAll);
    writing = next.catch(() => undefined);
    return next;
  }

  return { add, flush };
}

function sizeOf(batches: Map<string, Batch>): number {
  let bytes = 0;
  for (const batch of batches.values()) bytes += batch.bytes;
  return bytes;
}

function keyOf(endpoint: string, { variant, at }: Batch): string {
  const iso = at.toISOString();
  const hour = `${iso.slice(0, 4)}/${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(11, 13)}`;
  const name = `${iso.slice(14, 16)}-${iso.slice(17, 19)}-${iso.slice(20, 23)}-${randomUUID()}`;
  return `${keys.capture(endpoint)}${variant}/${hour}/${name}.jsonl`;
}

/**
 * The record's shape: SageMaker Developer Guide, "Capture data from real-time endpoint". Written piece by piece: it is
 * done for every request, and only what came from outside needs to be quoted.
 */
function lineOf({ at, input, output, inferenceId, customAttributes }: Exchange): string {
  const id = inferenceId === undefined ? '' : `,"inferenceId":${JSON.stringify(inferenceId)}`;
  const attributes = customAttributes === undefined ? '' : `,"customAttributes":[${JSON.stringify(customAttributes)}]`;
  return (
    `{"captureData":{"endpointInput":${side('INPUT', input)},"endpointOutput":${side('OUTPUT', output)}},` +
    `"eventMetadata":{"eventId":"${randomUUID()}"${id}${attributes},"inferenceTime":"${at.toISOString().slice(0, 19)}Z"},` +
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
