import type { DescribeModelOutput, ProductionVariant } from '@aws-sdk/client-sagemaker';
import { containerVariables } from './endpoint-models.js';
import { versionOfArn } from '../models/model-package.js';

type Models = ReadonlyMap<string, DescribeModelOutput>;

/** The registry's version, else the one that the artifact's key names, else the model's own name. */
export function modelVersionOf(variant: ProductionVariant, models: Models): string {
  const container = containerOf(variant, models);
  const told = container?.Environment?.[containerVariables.version];
  const fromKey = /\/models\/(v[1-9]\d*)\//.exec(container?.ModelDataUrl ?? '')?.[1];
  return versionOfArn(container?.ModelPackageName)?.version ?? told ?? fromKey ?? variant.ModelName ?? 'unknown';
}

export function groupOf(variant: ProductionVariant | undefined, models: Models): string {
  const container = variant && containerOf(variant, models);
  return versionOfArn(container?.ModelPackageName)?.group ?? container?.Environment?.[containerVariables.group] ?? '';
}

function containerOf({ ModelName = '' }: ProductionVariant, models: Models) {
  const model = models.get(ModelName);
  return model?.PrimaryContainer ?? model?.Containers?.[0];
}

/** A variant's share of all weights, 0–1. */
export function share(weight: number, total: number): number {
  return total > 0 ? weight / total : 0;
}
