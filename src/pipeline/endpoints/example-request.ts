import { dataQualityBaselineSchema, type ColumnStatistics } from '../../documents/baselines.js';
import { keys } from '../../documents/keys.js';
import { bundleMetadata } from '../../models/bundle/metadata.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import type { Environment } from '../../platform/ports/environment.js';
import { readDocument } from '../store.js';
import { mainVariant } from './main-variant.js';

/** A request that an endpoint can answer: a usual value for each input of the model that serves. */
export interface ExampleRequest {
  /** By input; null where nothing usual is known, or where the column is private. */
  features: Record<string, number | string | null>;
  /** "0 to 65,528", "one of a, b": what training had, an input a line. */
  hints: Record<string, string>;
}

/** Undefined where the version's own description cannot be found, as of a model that others deployed. */
export async function exampleRequest(
  { objects }: Pick<Environment, 'objects'>,
  { serving, config }: EndpointInfo,
  isPrivate: (column: string) => boolean,
  options: CallOptions = {},
): Promise<ExampleRequest | undefined> {
  const version = mainVariant(serving ?? config.variants)?.modelVersion;
  if (version === undefined) return undefined;
  const metadata = await readDocument(objects, `${keys.model(version)}model_metadata.json`, bundleMetadata, options);
  if (metadata === undefined) return undefined;
  const file = `${keys.baselines(version)}data_quality_baseline.json`;
  const baseline = await readDocument(objects, file, dataQualityBaselineSchema, options);
  const known = (name: string): ColumnStatistics | undefined => {
    const found: unknown = isPrivate(name) ? undefined : baseline?.[name];
    return typeof found === 'object' ? (found as ColumnStatistics) : undefined;
  };
  return {
    features: Object.fromEntries(metadata.inputs.map(({ name }) => [name, usualOf(known(name))])),
    hints: Object.fromEntries(metadata.inputs.map(({ name, type }) => [name, hintOf(type, known(name))])),
  };
}

/** Half of the training rows lie below it; of texts the one that was there most often. */
function usualOf(statistics: ColumnStatistics | undefined): number | string | null {
  const { categories, median } = statistics ?? {};
  if (!categories) return median ?? null;
  const most = categories.shares.indexOf(Math.max(...categories.shares));
  return categories.values[most] ?? null;
}

const mostNamed = 5;

function hintOf(type: 'number' | 'category', statistics: ColumnStatistics | undefined): string {
  const { categories, min = null, max = null } = statistics ?? {};
  if (categories) {
    const { values } = categories;
    return `one of ${values.slice(0, mostNamed).join(', ')}${values.length > mostNamed ? ', …' : ''}`;
  }
  return min === null || max === null ? `a ${type}` : `${min} to ${max} in training`;
}
