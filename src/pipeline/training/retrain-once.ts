import type { StageInput } from '../../documents/run.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import type { ProjectFile } from '../../project/schema.js';
import { fingerprintOf } from '../fingerprint.js';
import type { StageContext } from '../stage.js';
import { readStageState } from '../store.js';
import { groupContents } from './group-content.js';
import { programInputs, programPart } from '../program/script-files.js';
import { groupName } from '../evaluating/parts.js';
import { modelGroupName } from '../../project/names.js';

/** The registered version that the endpoint answers with, or that it should serve while it does not answer. */
export async function servedModel(context: StageContext): Promise<ModelVersion | undefined> {
  const endpoint = await context.environment.endpoints.describe(context.project.file.endpoint.name);
  const version = (endpoint?.serving ?? endpoint?.config.variants)?.[0]?.modelVersion;
  if (version === undefined) return undefined;
  return context.environment.registry.get(modelGroupName(context.project.file.name), version);
}

/** What a retraining depends on: the served version and the rows it could learn from, built whenever. */
export async function retrainInputs(context: StageContext): Promise<StageInput[]> {
  const served = await servedModel(context);
  const model = served === undefined ? [] : [{ uri: `${served.artifacts}model.tar.gz`, sha256: served.sha256 }];
  const contents = await groupContents(context, ['train', 'validation', 'production']);
  return [...model, ...contents, ...(await programInputs(context.project, context.project.file.train))];
}

export function retrainConfiguration(file: ProjectFile): unknown {
  return [file.model, file.monitor.gates, ...programPart(file)];
}

/** The hash of what the production rows say. */
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
  const last = await readStageState(context.environment.objects, 'retrain');
  const served = await servedModel(context);
  // Where nothing was ever retrained, the data need not be looked at.
  if (last === undefined && served?.metadata.production_data === undefined) return undefined;
  const inputs = await retrainInputs(context);
  if (last?.fingerprint === fingerprintOf('retrain', inputs, retrainConfiguration(file))) {
    return `already retrained for ${served?.version} on this data`;
  }
  const learned = served?.metadata.production_data;
  return learned === productionData(file.name, inputs)
    ? `${served?.version} already learned from this data`
    : undefined;
}
