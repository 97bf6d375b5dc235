import { keys } from '../../documents/keys.js';
import { stageStateSchema, type StageInput } from '../../documents/run.js';
import type { ModelVersion } from '../../platform/ports.js';
import type { ProjectFile } from '../../project/schema.js';
import { fingerprintOf } from '../fingerprint.js';
import type { StageContext } from '../stage.js';
import { readDocument } from '../store.js';
import { groupInputs } from './groups.js';
import { groupName } from './parts.js';
import { modelGroup } from './version.js';

/** The registered version that the endpoint answers with, or that it should serve while it does not answer. */
export async function servedModel(context: StageContext): Promise<ModelVersion | undefined> {
  const endpoint = await context.environment.endpoints.describe(context.project.file.endpoint.name);
  const version = (endpoint?.serving ?? endpoint?.config.variants)?.[0]?.modelVersion;
  if (version === undefined) return undefined;
  return context.environment.registry.get(modelGroup(context.project.file.name), version);
}

/** What a retraining depends on: the served version and the rows it could learn from. */
export async function retrainInputs(context: StageContext): Promise<StageInput[]> {
  const served = await servedModel(context);
  const model = served === undefined ? [] : [{ uri: `${served.artifacts}model.tar.gz`, sha256: served.sha256 }];
  return [...model, ...(await groupInputs(context, ['train', 'validation', 'production']))];
}

export function retrainConfiguration({ model, monitor }: ProjectFile): unknown {
  return [model, monitor.gates];
}

/** The hashes of the production rows' files, as one text. */
export function productionData(project: string, inputs: readonly StageInput[]): string {
  const prefix = `feature-store/${groupName(project, 'production')}/`;
  return inputs
    .filter(({ uri }) => uri.startsWith(prefix))
    .map(({ sha256 }) => sha256)
    .join(' ');
}

/** Why retraining on this data would be a repetition; undefined when it would not. Retraining happens once a version and data. */
export async function retrainedAlready(context: StageContext): Promise<string | undefined> {
  const { file } = context.project;
  const inputs = await retrainInputs(context);
  const last = await readDocument(context.environment.objects, keys.stageState('retrain'), stageStateSchema);
  const served = await servedModel(context);
  if (last?.fingerprint === fingerprintOf('retrain', inputs, retrainConfiguration(file))) {
    return `already retrained for ${served?.version} on this data`;
  }
  const learned = served?.metadata.production_data;
  return learned === productionData(file.name, inputs)
    ? `${served?.version} already learned from this data`
    : undefined;
}
