import { messageOf } from '../common/errors.js';
import type { EndpointConfig } from '../platform/ports/endpoints.js';
import type { Environment } from '../platform/ports/environment.js';
import type { EndpointStore } from './endpoint-store.js';
import { loadPredictor } from './predictor.js';
import type { Serving } from './traffic.js';

export interface LoadParts {
  store: EndpointStore;
  environment: Environment;
  log: (text: string) => void;
}

/**
 * What a starting process serves: the wanted configuration or, when that cannot be served, the one before.
 * @throws with the reason when there is neither, after saying so in the store
 */
export async function firstServing(parts: LoadParts): Promise<Serving> {
  const { store } = parts;
  const wanted = await store.wanted();
  const accepted = await store.accepted();
  try {
    if (wanted === undefined) return await load(parts, accepted);
    return await takeOver(parts, wanted).catch((error: unknown) => {
      if (accepted === undefined) throw error;
      return load(parts, accepted);
    });
  } catch (error) {
    await store.ended(messageOf(error), true);
    throw error;
  }
}

/** All or nothing: what serves goes on serving until everything new is loaded and written down. */
export async function reloadServing(parts: LoadParts, before: Serving): Promise<Serving> {
  const wanted = await parts.store.wanted();
  return wanted === undefined ? before : takeOver(parts, wanted);
}

async function takeOver(parts: LoadParts, wanted: EndpointConfig): Promise<Serving> {
  const { store, log } = parts;
  try {
    const serving = await load(parts, wanted);
    await store.accept(wanted);
    log(`serving ${describeConfig(wanted)}`);
    return serving;
  } catch (error) {
    log(`cannot serve ${describeConfig(wanted)}: ${messageOf(error)}`);
    await store.refuse(messageOf(error));
    throw error;
  }
}

async function load({ environment }: LoadParts, config: EndpointConfig | undefined): Promise<Serving> {
  if (config === undefined) throw new Error('the endpoint has no configuration');
  const variants = config.variants.map(async (variant) => ({
    ...variant,
    predictor: await loadPredictor(environment.objects, variant.modelVersion),
  }));
  return { config, variants: await Promise.all(variants) };
}

/** `v3 as AllTraffic (1)`. */
export function describeConfig({ variants }: EndpointConfig): string {
  return variants.map(({ name, modelVersion, weight }) => `${modelVersion} as ${name} (${weight})`).join(', ');
}
