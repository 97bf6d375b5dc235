import { partitionOf } from '../../common/aws-partition.js';
import { partNames } from '../../common/parts.js';
import { monitoringConstraintsSchema } from '../../documents/baselines.js';
import { keys } from '../../documents/keys.js';
import { systemVariables, type SystemFacts } from '../../export/dotenv/variables.js';
import { readDocument } from '../../pipeline/store.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import { featureGroupName, modelGroupName } from '../../project/names.js';
import { reads, type At } from '../operation.js';

/** The names of what the project has where it runs, as variables that other programs' steps read; nothing is written. */
export const exportDotenv = reads('exports.dotenv', async (at) => {
  const { project, environment } = at;
  const { file } = project;
  const entry = file.environments[environment.name];
  const group = modelGroupName(file.name);
  const named = (part: (typeof partNames)[number]) => entry?.featureGroups?.[part] ?? featureGroupName(file.name, part);
  const account = environment.kind === 'aws' ? await environment.account?.({ signal: at.signal }) : undefined;
  const endpoint = await environment.endpoints.describe(file.endpoint.name, { signal: at.signal });
  const serving = endpoint?.fleet?.[0] ?? (endpoint?.serving ?? endpoint?.config.variants)?.[0];
  const version = await versionOf(at, group, serving?.modelVersion);
  return systemVariables({
    bucket: environment.bucket,
    ...(environment.region !== undefined && {
      region: environment.region,
      partition: partitionOf(environment.region),
    }),
    role: entry?.role ?? process.env.SAGEMAKER_ROLE,
    account,
    featureGroups: Object.fromEntries(partNames.map((part) => [part, named(part)])) as SystemFacts['featureGroups'],
    project: file.name,
    modelGroup: group,
    endpoint: endpoint && {
      name: endpoint.name,
      configName: endpoint.configName ?? endpoint.name,
      modelName: endpoint.fleet?.[0]?.model ?? `${group}-${version?.version ?? 'none'}`,
    },
    version: version && (await factsOf(at, version)),
    uriOf: (key) =>
      environment.kind === 'aws' ? `s3://${environment.bucket}/${key}` : `.mlops/buckets/${environment.bucket}/${key}`,
  });
});

/** The one that serves, else the newest that is approved. */
async function versionOf({ environment, signal }: At, group: string, served: string | undefined) {
  if (served !== undefined) return environment.registry.get(group, served, { signal });
  for await (const model of everyItem((page) => environment.registry.list(group, { ...page, signal })))
    if (model.status === 'Approved') return model;
  return undefined;
}

async function factsOf({ environment, signal }: At, { version, artifacts, metadata }: ModelVersion) {
  const baselines = keys.baselines(version);
  const key = `${baselines}monitoring_constraints.json`;
  const constraints = await readDocument(environment.objects, key, monitoringConstraintsSchema, { signal });
  const threshold = Number(metadata.threshold);
  return {
    ...{ version, artifacts, baselines, evaluationMetrics: keys.evaluationMetrics(version) },
    threshold: metadata.threshold !== undefined && Number.isFinite(threshold) ? threshold : undefined,
    targetRecall: constraints?.target_recall ?? undefined,
  };
}
