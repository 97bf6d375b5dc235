import { randomUUID } from 'node:crypto';
import { keys } from '../documents/keys.js';
import { lineOf, type Exchange } from './capture-line.js';
import { growingBytes, type GrowingBytes } from './growing-bytes.js';

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
  bytes: GrowingBytes;
  /** Of `bytes`, so many are in the bucket. */
  written: number;
}

/** A file is finished at this size, and no more is written again and again than this. */
const fileBytes = 1 << 20;
const fileMs = 10_000;
const hourMs = 3_600_000;
const waitingBytes = 64 << 20;

/**
 * Data capture as SageMaker writes it: JSON lines at `…/<variant>/yyyy/mm/dd/hh/{mm}-{ss}-{mmm}-{uuid}.jsonl` (UTC).
 * One file holds exchanges of one variant and one hour. It is written long before it is finished: a process that is
 * killed loses what came since the last flush, and readers do not get a file a second.
 */
export function captureLog(
  endpoint: string,
  put: (key: string, body: Uint8Array) => Promise<void>,
  now: () => number = () => performance.now(),
): CaptureLog {
  /** By variant and hour. */
  const growing = new Map<string, Growing>();
  let finished: Growing[] = [];
  /** Of a file that is written, for the next one: fresh memory for each would be fetched from the system. */
  let spare: GrowingBytes | undefined;
  let waiting = 0;
  let writing = Promise.resolve();
  let lost = 0;

  function add(exchange: Exchange): void {
    const line = lineOf(exchange);
    if (waiting + line.length > waitingBytes) {
      lost += 1;
      return;
    }
    const hour = `${exchange.variant} ${Math.floor(exchange.at.getTime() / hourMs)}`;
    let file = growing.get(hour);
    if (file === undefined) {
      file = { key: keyOf(endpoint, exchange), since: now(), bytes: spare ?? growingBytes(), written: 0 };
      spare = undefined;
      growing.set(hour, file);
    }
    waiting += file.bytes.add(line);
    if (file.bytes.length() < fileBytes) return;
    growing.delete(hour);
    finished.push(file);
  }

  async function write(file: Growing): Promise<void> {
    const length = file.bytes.length();
    if (file.written === length) return;
    await put(file.key, file.bytes.now());
    waiting -= length - file.written;
    file.written = length;
  }

  async function writeAll(): Promise<void> {
    while (finished.length > 0) {
      await write(finished[0]!);
      spare = finished[0]!.bytes;
      spare.clear();
      finished = finished.slice(1);
    }
    for (const [hour, file] of growing) {
      await write(file);
      // More may have come while it was written.
      const isWhole = growing.get(hour) === file && file.written === file.bytes.length();
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
