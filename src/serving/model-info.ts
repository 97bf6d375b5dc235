import type { Variant } from '../platform/ports/endpoints.js';
import type { Service } from './service.js';

/** What an endpoint serves, in its own words. */
export interface ModelInfo {
  /** Null in a container, which has no name of its own. */
  endpoint: string | null;
  group: string;
  variants: (Variant & {
    task: string;
    family: string;
    threshold: number | null;
    classes?: readonly string[];
    inputs: { name: string; type: string }[];
  })[];
}

export function modelInfo(service: Service): ModelInfo {
  const { config, variants } = service.serving();
  return {
    endpoint: service.endpoint ?? null,
    group: config.group,
    variants: variants.map(
      ({ name, modelVersion, weight, shadow, candidate, predictor: { task, family, threshold, classes, inputs } }) => ({
        name,
        modelVersion,
        weight,
        ...(shadow && { shadow }),
        ...(candidate && { candidate }),
        task,
        family,
        threshold,
        ...(classes && { classes }),
        inputs,
      }),
    ),
  };
}
