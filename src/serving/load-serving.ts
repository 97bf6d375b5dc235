import { messageOf } from '../common/errors.js';
import type { EndpointConfig } from '../platform/ports/endpoints.js';
import type { Environment } from '../platform/ports/environment.js';
import type { EndpointStore } from './endpoint-store.js';
import { loadPredictor } from './predictor.js';
import type { ScorerPlace } from './scorers/scorer.js';
import type { Serving } from './traffic.js';

export interface LoadParts {
  store: EndpointStore;
  environment: Environment;
  /** What models of others need to run. */
  scoring: ScorerPlace;
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
    await store.accept(wanted).catch(async (error: unknown) => {
      await closeServing(serving);
      throw error;
    });
    log(`serving ${describeConfig(wanted)}`);
    return serving;
  } catch (error) {
    log(`cannot serve ${describeConfig(wanted)}: ${messageOf(error)}`);
    await store.refuse(messageOf(error));
    throw error;
  }
}

async function load({ environment, scoring }: LoadParts, config: EndpointConfig | undefined): Promise<Serving> {
  if (config === undefined) throw new Error('the endpoint has no configuration');
  const loading = config.variants.map(async (variant) => ({
    ...variant,
    predictor: await loadPredictor(environment.objects, variant.modelVersion, scoring),
  }));
  const settled = await Promise.allSettled(loading);
  const variants = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed === undefined) return { config, variants };
  await closeServing({ variants });
  throw failed.reason;
}

/** Ends what the models of others run in. */
export async function closeServing({ variants }: Pick<Serving, 'variants'>): Promise<void> {
  await Promise.all(variants.map(async ({ predictor }) => predictor.scorer?.close()));
}

/** `v3 as AllTraffic (1)`. */
export function describeConfig({ variants }: EndpointConfig): string {
  return variants.map(({ name, modelVersion, weight }) => `${modelVersion} as ${name} (${weight})`).join(', ');
}
