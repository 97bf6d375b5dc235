import * as z from 'zod';
import { DamagedFile, MissingRight } from '../../../common/errors.js';
import { keys } from '../../../documents/keys.js';
import type { CallOptions } from '../../ports/calls.js';
import type { EndpointConfig } from '../../ports/endpoints.js';
import type { ObjectReader, ObjectWriter } from '../../ports/objects.js';
import { causeOf } from '../account/explain.js';
import type { AwsSettings } from '../account/settings.js';

const configSchema = z.object({
  name: z.string(),
  group: z.string(),
  variants: z.array(z.object({ name: z.string(), modelVersion: z.string(), weight: z.number() })),
  capture: z.number(),
  notProven: z.boolean().optional(),
});
const stateSchema = z.object({
  /** SageMaker's name of the configuration. */
  configName: z.string(),
  createdAt: z.string(),
  config: configSchema,
  previous: configSchema.optional(),
  /** Set while it is stopped: SageMaker knows no such state. */
  stoppedAt: z.string().optional(),
  /** The configuration that an update was to lead to; gone once it serves. */
  asked: z.string().optional(),
  /** Machines of each variant when it was stopped, for starting as many. */
  instances: z.record(z.string(), z.number()).optional(),
});
/** What we asked an endpoint to be, kept in the bucket: SageMaker forgets an endpoint with its deletion. */
export type EndpointState = z.infer<typeof stateSchema>;

/**
 * undefined for an endpoint that we never deployed, and where no bucket is known. Whatever keeps from reading it is thrown:
 * an endpoint that was stopped must not look as if it had never been.
 */
export async function readEndpointState(
  { bucket }: AwsSettings,
  objects: ObjectReader,
  name: string,
  options?: CallOptions,
): Promise<EndpointState | undefined> {
  if (bucket === undefined) return undefined;
  const key = keys.endpointState(name);
  const bytes = await objects.read(key, options).catch((error: unknown) => {
    if (isNoBucket(error)) return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  try {
    return stateSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    const helps = `mend it, or remove it and deploy again: mlops bucket rm ${key}, then mlops deploy`;
    throw new DamagedFile(key, "not an endpoint's state", helps, { cause });
  }
}

/** Whether looking at endpoints can do without: who may not read the bucket sees what SageMaker itself says of them. */
export function mayBeLeftOut(error: unknown): boolean {
  return error instanceof MissingRight || isNoBucket(error);
}

function isNoBucket(error: unknown): boolean {
  return causeOf(error).name === 'NoSuchBucket';
}

export function writeEndpointState(objects: ObjectWriter, name: string, state: EndpointState): Promise<void> {
  return objects.put(keys.endpointState(name), `${JSON.stringify(state, null, 2)}\n`);
}

/** The same configuration, without what is said of it elsewhere. */
export function isSameConfig(left: EndpointConfig, right: EndpointConfig): boolean {
  const text = ({ group, variants, capture }: EndpointConfig) =>
    JSON.stringify([group, capture, variants.map(({ name, modelVersion, weight }) => [name, modelVersion, weight])]);
  return text(left) === text(right);
}
