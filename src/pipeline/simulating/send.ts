import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../common/errors.js';
import type { Simulated } from './requests.js';

/** What came back of one request. */
export interface Sent {
  inferenceId: string;
  request: Simulated;
  /** Null where nothing answered. */
  status: number | null;
  /** From the last byte of the request to the answer, in milliseconds. */
  ms: number;
  failure?: string;
}

/** Sends one request and says how it was answered. @throws where nothing answers */
export type Send = (
  request: Simulated,
  inferenceId: string,
  signal: AbortSignal,
) => Promise<{ status: number; ms: number }>;

/** So many wait for their answers at once; further ones wait for a place, and those whose time is over are not sent. */
const mostAtOnce = 100;
/** What is late by more than this, because the endpoint does not keep up, is left out. */
const latest = 5_000;

/**
 * Sends requests at their times, whether or not those before were answered, as callers do.
 * @returns what came of each that was sent, in the order in which they were sent
 * @throws the signal's reason, at once
 */
export async function sendAll(
  requests: Iterable<Simulated>,
  send: Send,
  {
    signal,
    nameOf,
    progress,
  }: { signal: AbortSignal; nameOf: (index: number) => string; progress: (sent: number) => void },
): Promise<{ sent: Sent[]; left: number }> {
  const sent: Sent[] = [];
  const waiting = new Set<Promise<void>>();
  const began = performance.now();
  let [index, left, told] = [0, 0, began];
  const one = async (request: Simulated, place: number, inferenceId: string) => {
    const from = performance.now();
    try {
      sent[place] = { request, inferenceId, ...(await send(request, inferenceId, signal)) };
    } catch (error) {
      sent[place] = { request, inferenceId, status: null, ms: performance.now() - from, failure: messageOf(error) };
    }
  };
  for (const request of requests) {
    const name = nameOf(index);
    index += 1;
    const early = began + request.at - performance.now();
    if (early > 1) await sleep(early, undefined, { signal });
    while (waiting.size >= mostAtOnce) await Promise.race(waiting);
    signal.throwIfAborted();
    const now = performance.now();
    if (now - began - request.at > latest) {
      left += 1;
      continue;
    }
    const going: Promise<void> = one(request, sent.length, name).finally(() => waiting.delete(going));
    sent.length += 1;
    waiting.add(going);
    if (now - told > 5_000) {
      told = now;
      progress(sent.length);
    }
  }
  await Promise.all(waiting);
  signal.throwIfAborted();
  return { sent, left };
}
