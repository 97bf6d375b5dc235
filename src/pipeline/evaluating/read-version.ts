import { DamagedFile, InputError, messageOf } from '../../common/errors.js';
import { dataQualityBaselineSchema, monitoringConstraintsSchema } from '../../documents/baselines.js';
import type { DataQualityBaseline, MonitoringConstraints } from '../../documents/baselines.js';
import { evaluationSchema, type Evaluation } from '../../documents/evaluation.js';
import { keys } from '../../documents/keys.js';
import { helpFor } from '../../documents/errors/mending.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import type { Environment } from '../../platform/ports/environment.js';
import { openModel } from '../../serving/predictor.js';
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
  const prefix = keys.model(version);
  const bundle = await openModel(prefix, (name) => objects.read(prefix + name)).catch((cause: unknown) => {
    if (!(cause instanceof InputError)) throw cause;
    throw new DamagedFile(prefix, messageOf(cause.cause ?? cause), helpFor(prefix), { cause });
  });
  const baselines = keys.baselines(version);
  return {
    version,
    bundle,
    constraints: await readDocument(objects, `${baselines}monitoring_constraints.json`, monitoringConstraintsSchema),
    dataBaseline: await readDocument(objects, `${baselines}data_quality_baseline.json`, dataQualityBaselineSchema),
    evaluation: await readDocument(objects, keys.evaluation(version), evaluationSchema),
  };
}
