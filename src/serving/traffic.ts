import type { EndpointConfig, Variant } from '../platform/ports/endpoints.js';
import type { Predictor } from './predictor.js';
import { badRequest } from './request-error.js';
import type { Soon } from './soon.js';

export interface ServedVariant extends Variant {
  predictor: Predictor;
}

/** What an endpoint serves: one configuration with its models, replaced as a whole. */
export interface Serving {
  config: EndpointConfig;
  variants: ServedVariant[];
}

/**
 * The variant that answers: the one asked for, otherwise by weight. `chance` is in [0, 1).
 * @throws RequestError (400) for a variant that is not there, or answers nobody
 */
export function chooseVariant({ variants }: Serving, target: string | undefined, chance: number): ServedVariant {
  if (target === undefined) return byWeight(variants, chance);
  const found = variants.find(({ name, shadow }) => name === target && shadow !== true);
  if (found) return found;
  const names = variants.filter(({ shadow }) => shadow !== true).map(({ name }) => name);
  throw badRequest(`there is no variant ${target}; there are: ${names.join(', ')}`);
}

/** The variant that answers where a candidate failed. */
export function baselineOf({ variants }: Serving, chance: number): ServedVariant | undefined {
  const tried = variants.filter(({ candidate, shadow }) => candidate !== true && shadow !== true);
  return tried.length === 0 ? undefined : byWeight(tried, chance);
}

/** Those that see copies of what others answer. */
export function shadowsOf({ variants }: Serving): ServedVariant[] {
  return variants.filter(({ shadow }) => shadow === true);
}

/** Where no variant has a weight, the first one; where the sum of weights was rounded, the last one that has one. */
function byWeight(variants: readonly ServedVariant[], chance: number): ServedVariant {
  let total = 0;
  for (const { weight, shadow } of variants) if (shadow !== true) total += weight;
  let left = chance * total;
  for (const variant of variants) {
    if (variant.shadow === true) continue;
    left -= variant.weight;
    if (left < 0) return variant;
  }
  const answering = variants.filter(({ shadow }) => shadow !== true);
  return answering.findLast(({ weight }) => weight > 0) ?? answering[0]!;
}

const busy = new WeakMap<Serving, number>();

/** Does some work with what is served; until it ends, `whenIdle` waits. What is done at once nobody has to wait for. */
export function using<Value>(serving: Serving, work: () => Soon<Value>): Soon<Value> {
  const value = work();
  if (!(value instanceof Promise)) return value;
  busy.set(serving, (busy.get(serving) ?? 0) + 1);
  return value.finally(() => busy.set(serving, busy.get(serving)! - 1));
}

const lookMs = 50;

/** Resolves when no request is answered any more by what was served before. */
export async function whenIdle(serving: Serving): Promise<void> {
  while ((busy.get(serving) ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, lookMs));
}
