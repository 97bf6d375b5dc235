import { dump } from 'js-yaml';
import { METADATA_FILE } from '../../models/bundle/bundle-files.js';

interface About {
  runId: string;
  createdAt: string;
}

/**
 * The files of a run whose model was registered: below `model/` the bundle, which scores rows as they are, with MLflow's
 * `MLmodel` beside it; below `preprocessor/` what is done to rows before, which nobody can then take from another run.
 */
export function modelArtifacts(
  files: Record<string, Uint8Array>,
  { runId, createdAt }: About,
): Record<string, string | Uint8Array> {
  const { inputs, preprocessing, classes, threshold } = metadataIn(files);
  const model = {
    artifact_path: 'model',
    run_id: runId,
    utc_time_created: createdAt.replace('T', ' ').replace('Z', ''),
    flavors: { mlops_workbench: { data: '.', files: Object.keys(files).sort() } },
    signature: { inputs: JSON.stringify(inputs.map(({ name, type }) => ({ type: mlflowTypes[type], name }))) },
  };
  const preprocessor = JSON.stringify({ inputs, preprocessing, classes, threshold }, undefined, 2);
  const below = Object.entries(files).map(([name, bytes]) => [`model/${name}`, bytes]);
  return {
    ...(Object.fromEntries(below) as Record<string, Uint8Array>),
    'model/MLmodel': dump(model),
    'preprocessor/preprocessor.json': preprocessor,
  };
}

const mlflowTypes = { number: 'double', category: 'string' };

interface Metadata {
  inputs: { name: string; type: keyof typeof mlflowTypes }[];
  preprocessing: unknown[];
  classes?: string[];
  threshold: number | null;
}

const metadataIn = (files: Record<string, Uint8Array>) =>
  JSON.parse(Buffer.from(files[METADATA_FILE]!).toString()) as Metadata;
