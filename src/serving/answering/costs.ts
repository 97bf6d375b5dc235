import type { Predictor } from '../predictor.js';
import type { AskedBody } from './answer-text.js';

/** What answers cost by now, by model. */
export interface Costs {
  /** Whether a body can be answered in this thread: a health check then waits for it no longer than anybody notices. */
  isShort(predictor: Predictor, asked: AskedBody): boolean;
  took(predictor: Predictor, asked: AskedBody, ms: number): void;
}

/** Whatever the model: it costs milliseconds, and less than the way to another thread. */
const smallBytes = 16 << 10;
/** Of larger ones those that are expected to take less, up to a size at which one wrong guess is still no harm. */
const shortMs = 4;
const mostBytes = 32 << 10;
/** A slow one counts for the next hundred or so: the machine may have been busy with something else. */
const forgets = 0.99;

/** By the milliseconds a byte that the slowest of the last answers took. What nothing is known of is tried once. */
export function costsOf(): Costs {
  const known = new WeakMap<Predictor, number>();
  return {
    isShort(predictor, { body: { byteLength }, explain }) {
      if (byteLength <= smallBytes) return true;
      // An explanation walks all paths of all trees.
      if (byteLength > mostBytes || explain !== undefined) return false;
      const cost = known.get(predictor) ?? 0;
      if (cost * byteLength < shortMs) return true;
      known.set(predictor, cost * forgets);
      return false;
    },
    took(predictor, { body: { byteLength }, explain }, ms) {
      // What a small one costs says nothing of a byte.
      if (byteLength <= smallBytes || explain !== undefined) return;
      known.set(predictor, Math.max(ms / byteLength, forgets * (known.get(predictor) ?? 0)));
    },
  };
}
