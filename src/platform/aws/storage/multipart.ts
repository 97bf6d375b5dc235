import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileError } from '../../../common/files.js';
import { causeOf, mayPass } from '../account/explain.js';
import { limiter } from '../account/limit.js';
import type { Condition } from '../ownership/object-ownership.js';
import type { Account } from '../account/place.js';
import { objectMetadata } from '../ownership/tags.js';

export interface Upload {
  bucket: string;
  key: string;
  /** The file, and its size in bytes. */
  path: string;
  size: number;
  /** What may be there when all has arrived. */
  condition: Condition;
}
interface UploadId {
  Bucket: string;
  Key: string;
  UploadId: string | undefined;
}
interface Part {
  PartNumber: number;
  ETag?: string;
  ChecksumCRC32?: string;
}

const smallestPart = 8 * 2 ** 20;
/** S3 takes 10,000. */
const mostParts = 9_000;
const partsAtATime = 4;
/** How often in a row everything may fail, with nothing having got through, before it is given up. */
const idleRounds = 4;

/**
 * Uploads a file in parts. A cut connection or an outage costs the parts that were under way: what has arrived stays,
 * and the rest is sent again. Given up or cancelled, nothing is left behind that would be paid for.
 */
export async function uploadInParts(account: Account, upload: Upload, signal?: AbortSignal): Promise<void> {
  const { bucket: Bucket, key: Key, condition } = upload;
  const s3 = await account.clients.s3();
  const begun = await s3.createMultipartUpload(
    { Bucket, Key, Metadata: objectMetadata(account), ChecksumAlgorithm: 'CRC32' },
    { abortSignal: signal },
  );
  const id = { Bucket, Key, UploadId: begun.UploadId };
  try {
    const parts = await sendParts(account, upload, id, signal);
    const whole = { ...id, MultipartUpload: { Parts: parts }, ...condition };
    await s3.completeMultipartUpload(whole, { abortSignal: signal });
  } catch (error) {
    if (causeOf(error).name === 'NoSuchUpload' && (await isThere(account, upload))) return;
    // Not with the caller's signal, which may be what ended it.
    await s3.abortMultipartUpload(id).catch(() => undefined);
    signal?.throwIfAborted();
    throw error;
  }
}

async function sendParts(account: Account, upload: Upload, id: UploadId, signal?: AbortSignal): Promise<Part[]> {
  const length = Math.max(smallestPart, Math.ceil(upload.size / mostParts));
  const numbers = Array.from({ length: Math.ceil(upload.size / length) }, (_, index) => index + 1);
  const sent = new Map<number, Part>();
  const file = await open(upload.path, 'r').catch((error: unknown) => {
    throw fileError('read', upload.path, error);
  });
  try {
    for (let idle = 0; sent.size < numbers.length;) {
      const before = sent.size;
      const missing = numbers.filter((number) => !sent.has(number));
      const failure = await sendRound(account, { file, length, id, sent }, missing, signal);
      if (failure === undefined) continue;
      idle = sent.size > before ? 0 : idle + 1;
      if (!mayPass(failure) || idle >= idleRounds) throw failure as Error;
      await sleep(500 * 2 ** idle, undefined, { signal });
    }
  } finally {
    await file.close();
  }
  return numbers.map((number) => sent.get(number)!);
}

interface Sending {
  file: FileHandle;
  /** Bytes of each part but the last. */
  length: number;
  id: UploadId;
  sent: Map<number, Part>;
}

/** Sends parts until one fails; answers that failure. Those under way then are waited for. */
async function sendRound(
  account: Account,
  { file, length, id, sent }: Sending,
  numbers: number[],
  signal?: AbortSignal,
) {
  const s3 = await account.clients.s3();
  const inTurn = limiter(partsAtATime);
  let failure: unknown;
  const send = async (PartNumber: number) => {
    if (failure !== undefined) return;
    try {
      signal?.throwIfAborted();
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await file.read(buffer, 0, length, (PartNumber - 1) * length);
      const request = { ...id, PartNumber };
      const Body = buffer.subarray(0, bytesRead);
      const answer = await s3.uploadPart({ ...request, Body, ChecksumAlgorithm: 'CRC32' }, { abortSignal: signal });
      sent.set(PartNumber, { PartNumber, ETag: answer.ETag, ChecksumCRC32: answer.ChecksumCRC32 });
    } catch (error) {
      failure ??= error;
    }
  };
  await Promise.all(numbers.map((number) => inTurn(() => send(number))));
  return failure;
}

/** Whether a repeated completion only met what its first attempt had completed. */
async function isThere(account: Account, { bucket, key, size }: Upload): Promise<boolean> {
  const s3 = await account.clients.s3();
  const found = await s3.headObject({ Bucket: bucket, Key: key }).catch(() => undefined);
  return found?.ContentLength === size;
}
