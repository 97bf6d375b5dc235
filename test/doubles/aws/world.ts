import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { openSession } from '../../../src/data/duckdb/session.js';
import { instantiate, templateNamed } from '../../../src/project/templates.js';
import type { AwsFill } from './fill.js';

export const bucket = 'acme-mlops';
const runIds = ['20261120-093105-aaaaaa', '20261121-093105-bbbbbb'];
export const world = {
  bucket,
  project: 'hdd-failure',
  runIds,
  results: 'monitoring/runs/20261121-093105-bbbbbb/monitoring_results.json',
  group: 'hdd-failure-test',
  endpoint: 'hdd-failure',
  candidate: 'lightgbm',
  alarm: 'hdd-failure-Invocation5xxErrors',
};

/** A project in a folder, whose environment `aws-test` lies in a double. */
export async function makeProject(folder: string, endpointUrl: string): Promise<void> {
  await instantiate(await templateNamed(world.project, 'templates'), folder);
  const file = join(folder, 'mlops.json');
  const text = readFileSync(file, 'utf8');
  const environment = { kind: 'aws', region: 'us-east-1', endpointUrl, bucket };
  const options = { formattingOptions: { insertSpaces: true, tabSize: 2 } };
  writeFileSync(file, applyEdits(text, modify(text, ['environments', 'aws-test'], environment, options)));
}

/** What somebody else's pipeline left in the account: enough that every command finds what it asks for. */
export async function fillWorld(fill: AwsFill, scratch: string): Promise<void> {
  await fill.bucket(bucket);
  await fill.object(world.results, JSON.stringify(monitoringResults()));
  const now = '2026-11-21T09:31:05.000Z';
  const override = { name: 'forceRetrain', reason: 'new sensors', by: 'ana', setAt: now, expiresAt: null };
  const overrides = { kind: 'overrides', schemaVersion: 1, overrides: [override], waivers: [] };
  await fill.object('monitoring/overrides/aws-test.json', JSON.stringify(overrides));
  for (const id of runIds) await fill.object(`runs/${id}/run.json`, JSON.stringify(runRecord(id)));
  await fill.ledgerEntry(new Date(now), 'first version');
  await fill.object(`artifacts/search/${world.candidate}/search_results.json`, JSON.stringify(searchResults()));
  await fill.featureGroup(world.group);
  await fillGroup(fill, scratch);
  await fillRows(fill, scratch);
  await fill.modelVersion(world.project, 1);
  await fill.endpoint(world.endpoint);
  await fill.alarm(world.alarm);
}

/** Makes what a user's writers change of it the project's own, in an environment. */
export async function handOverWorld(fill: AwsFill, project: string, environment: string): Promise<void> {
  const { s3, sagemaker, cloudwatch } = fill.clients;
  const Tags = [
    { Key: 'mlops:project', Value: project },
    { Key: 'mlops:environment', Value: environment },
  ];
  const arn = (kind: string, name: string) => `arn:aws:sagemaker:us-east-1:123456789012:${kind}/${name}`;
  const things = [
    ['feature-group', world.group],
    ['endpoint', world.endpoint],
    ['model-package-group', world.project],
  ];
  for (const [kind, name] of things) await sagemaker.addTags({ ResourceArn: arn(kind!, name!), Tags });
  const ResourceARN = `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${world.alarm}`;
  await cloudwatch.tagResource({ ResourceARN, Tags });
  const Metadata = { 'mlops-project': project, 'mlops-environment': environment };
  for (const Key of [world.results, world.results.replace('monitoring_results.json', 'rows.parquet')]) {
    const stored = await s3.getObject({ Bucket: bucket, Key });
    const Body = await stored.Body!.transformToByteArray();
    await s3.putObject({ Bucket: bucket, Key, Body, Metadata });
  }
}

function monitoringResults(): object {
  const text = readFileSync(join('test', 'fixtures', 'documents', 'monitoring-pass.json'), 'utf8');
  const soft = { fail: 2, of: 3, failed: 0, inconclusive: 0, status: 'pass', action: 'retrain' };
  return { ...(JSON.parse(text) as object), soft };
}

function runRecord(id: string) {
  return {
    ...{ kind: 'run', schemaVersion: 1, id, project: world.project, environment: 'aws-test' },
    ...{ startedAt: '2026-11-21T09:31:05.000Z', finishedAt: '2026-11-21T09:32:05.000Z' },
    ...{ status: 'succeeded', verdict: 'pass', error: null, pid: 1, stages: [] },
  };
}

function searchResults() {
  return {
    ...{ kind: 'search-results', schemaVersion: 1, candidate: world.candidate, family: 'lightgbm', strategy: 'random' },
    ...{
      metric: 'roc_auc',
      better: 'higher',
      folds: { by: 'label', k: 5 },
      seed: 42,
      planned: 0,
      trials: [],
      best: null,
    },
    ...{ startedAt: '2026-11-21T09:31:05.000Z', finishedAt: '2026-11-21T09:32:05.000Z', status: 'finished' },
  };
}

/** One Parquet file with the offline store's columns: two records, one of which was deleted later. */
async function fillGroup(fill: AwsFill, scratch: string): Promise<void> {
  const { sagemaker, s3 } = fill.clients;
  const described = await sagemaker.describeFeatureGroup({ FeatureGroupName: world.group });
  const uri = described.OfflineStoreConfig!.S3StorageConfig!.ResolvedOutputS3Uri!;
  const path = join(scratch, 'part.parquet');
  const session = await openSession({ folders: [scratch] });
  await session.run(`
    COPY (
      SELECT record_id, event_time, area, now() AS write_time, now() AS api_invocation_time, is_deleted
      FROM (VALUES ('a', 1.0, 70.5, false), ('b', 1.0, 55.0, false), ('b', 2.0, NULL, true))
        AS rows(record_id, event_time, area, is_deleted)
    ) TO '${path}' (FORMAT parquet)`);
  session.close();
  const prefix = uri.replace(`s3://${bucket}/`, '');
  const Key = `${prefix}/year=2026/month=11/day=21/hour=09/20261121T093105Z_ABCDEFGHIJKLMNOP.parquet`;
  await s3.putObject({ Bucket: bucket, Key, Body: readFileSync(path) });
}

/** The rows behind the results: one missed positive. */
async function fillRows(fill: AwsFill, scratch: string): Promise<void> {
  const path = join(scratch, 'rows.parquet');
  const session = await openSession({ folders: [scratch] });
  await session.run(
    `COPY (SELECT 'a' AS record_id, NULL::VARCHAR AS "time", 1.0 AS label, 0.01 AS score, 0.0 AS predicted, 70.5 AS area)
     TO '${path}' (FORMAT parquet)`,
  );
  session.close();
  const Key = world.results.replace('monitoring_results.json', 'rows.parquet');
  await fill.clients.s3.putObject({ Bucket: bucket, Key, Body: readFileSync(path) });
}
