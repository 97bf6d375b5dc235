import { BrokenError } from '../../common/errors.js';
import { dataQualityBaselineSchema, monitoringConstraintsSchema } from '../../documents/baselines.js';
import type { DataQualityBaseline, MonitoringConstraints } from '../../documents/baselines.js';
import { evaluationSchema, type Evaluation } from '../../documents/evaluation.js';
import { keys } from '../../documents/keys.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { openBundle } from '../../models/bundle/bundle-files.js';
import { everyItem, type Environment } from '../../platform/ports.js';
import { readDocument } from '../store.js';

export interface ReadVersion {
  version: string;
  bundle: Bundle;
  constraints: MonitoringConstraints | undefined;
  dataBaseline: DataQualityBaseline | undefined;
  evaluation: Evaluation | undefined;
}

/** Opens a registered version: its bundle, and the baselines bound to it. A version without its files is broken. */
export async function readVersion(environment: Environment, version: string): Promise<ReadVersion> {
  const { objects } = environment;
  const files: Record<string, string> = {};
  for await (const entry of everyItem((page) => objects.list(keys.model(version), { ...page, folders: true }))) {
    const name = entry.key.slice(keys.model(version).length);
    if (entry.kind !== 'object' || !/\.(txt|json)$/.test(name) || name === 'model_card.json') continue;
    files[name] = Buffer.from((await objects.read(entry.key)) ?? []).toString('utf8');
  }
  if (Object.keys(files).length === 0) {
    throw new BrokenError(`${keys.model(version)}: found no model, expected the artifacts of ${version}`);
  }
  const baselines = keys.baselines(version);
  return {
    version,
    bundle: openBundle(files),
    constraints: await readDocument(objects, `${baselines}monitoring_constraints.json`, monitoringConstraintsSchema),
    dataBaseline: await readDocument(objects, `${baselines}data_quality_baseline.json`, dataQualityBaselineSchema),
    evaluation: await readDocument(objects, keys.evaluation(version), evaluationSchema),
  };
}
