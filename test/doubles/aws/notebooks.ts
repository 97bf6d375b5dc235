import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSession } from '../../../src/data/duckdb/session.js';
import type { AwsFill } from './fill.js';

const parts = { TRAIN: 'train', VAL: 'validation', TEST: 'test', PROD: 'production' } as const;
const bucket = 'mlops-drives-1a2b3c4d-us-east-1';

/** A system that notebooks deployed: feature groups with records, an endpoint, alarms, limits, and nothing of ours. */
export const notebooks = {
  bucket,
  endpoint: 'drives-endpoint',
  alarm: 'drives-endpoint-5xx',
  prefix: 'drives-20260101-000000',
  recordId: 'record_id',
  eventTime: 'event_time',
  /** What was captured: the first cannot be read, the others hold two records each. */
  requests: 101,
  /** Records of each part, without the one that was deleted. */
  records: { train: 400, validation: 100, test: 100, production: 400 },
};
export type Notebooks = typeof notebooks;

/** The lines of the file in which such notebooks keep what they made. */
export function variablesOf({ prefix }: Notebooks): string[] {
  return [
    `BUCKET_NAME=${bucket}`,
    'AWS_REGION=us-east-1',
    ...Object.entries(parts).map(([suffix, part]) => `FEATURE_GROUP_${suffix}=${prefix}-${part}`),
    'SAGEMAKER_ROLE=arn:aws:iam::123456789012:role/test',
    `ENDPOINT_NAME=${notebooks.endpoint}`,
    'MODEL_PACKAGE_GROUP=drives',
    `MONITORING_CONSTRAINTS_S3=s3://${bucket}/models/baselines/monitoring_constraints.json`,
    'TARGET_RECALL=0.7',
  ];
}

const columns = ['pct_one_star', 'smart_5_raw'];

export async function fillNotebooks(fill: AwsFill, scratch: string): Promise<void> {
  const { cloudwatch } = fill.clients;
  await fill.bucket(bucket);
  await fillGroups(fill, scratch, notebooks);
  await fill.endpoint(notebooks.endpoint);
  await cloudwatch.putMetricAlarm({
    AlarmName: notebooks.alarm,
    Namespace: 'AWS/SageMaker',
    MetricName: 'Invocation5XXErrors',
    Dimensions: [
      { Name: 'EndpointName', Value: notebooks.endpoint },
      { Name: 'VariantName', Value: 'AllTraffic' },
    ],
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 5,
  });
  await fill.object(
    `monitoring/data-capture/${notebooks.endpoint}/AllTraffic/2026/01/02/03/00-00-000-x.jsonl`,
    Array.from({ length: notebooks.requests }, (_, at) => JSON.stringify(request(at))).join('\n'),
  );
  const constraints = { feature_cols: columns, target_recall: 0.7 };
  await fill.object('models/baselines/monitoring_constraints.json', JSON.stringify(constraints));
}

/** A request of two records, as JSON lines; an earlier caller sent something else. */
function request(at: number) {
  const records = [0, 1].map((row) => JSON.stringify({ pct_one_star: at / 100, smart_5_raw: row }));
  const data = at === 0 ? 'hello?' : records.join('\n');
  return {
    captureData: {
      endpointInput: { observedContentType: 'application/jsonlines', mode: 'INPUT', data, encoding: 'JSON' },
    },
    eventMetadata: { eventId: `e${at}`, inferenceTime: '2026-01-02T03:00:00Z' },
    eventVersion: '0',
  };
}

/** The four groups with their records. */
export async function fillGroups(fill: AwsFill, scratch: string, system: Notebooks): Promise<void> {
  const { sagemaker, s3 } = fill.clients;
  const { prefix, recordId, eventTime } = system;
  const typed = (FeatureType: 'String' | 'Fractional' | 'Integral', names: string[]) =>
    names.map((FeatureName) => ({ FeatureName, FeatureType }));
  for (const part of Object.values(parts)) {
    const FeatureGroupName = `${prefix}-${part}`;
    await sagemaker.createFeatureGroup({
      FeatureGroupName,
      RecordIdentifierFeatureName: recordId,
      EventTimeFeatureName: eventTime,
      FeatureDefinitions: [
        ...typed('String', [recordId, 'serial_number', 'date']),
        ...typed('Fractional', [eventTime, ...columns]),
        ...typed('Integral', ['failure']),
      ],
      OfflineStoreConfig: { S3StorageConfig: { S3Uri: `s3://${bucket}/feature-store` } },
      RoleArn: 'arn:aws:iam::123456789012:role/test',
    });
    const described = await sagemaker.describeFeatureGroup({ FeatureGroupName });
    const uri = described.OfflineStoreConfig!.S3StorageConfig!.ResolvedOutputS3Uri!.replace(`s3://${bucket}/`, '');
    const file = await recordsFile(scratch, part, system);
    const Key = `${uri}/year=2026/month=01/day=01/hour=00/20260101T000000Z_ABCDEFGHIJKLMNOP.parquet`;
    await s3.putObject({ Bucket: bucket, Key, Body: readFileSync(file) });
  }
}

/** Drives of which a tenth fails, the worn ones; one record was deleted later. */
async function recordsFile(
  scratch: string,
  part: keyof Notebooks['records'],
  { recordId, eventTime, records }: Notebooks,
): Promise<string> {
  const path = join(scratch, `${part}.parquet`);
  const session = await openSession({ folders: [scratch] });
  await session.run(`
    COPY (
      SELECT serial_number || '/' || "date" AS ${recordId}, serial_number, "date", 1767225600.0 AS ${eventTime},
             ((n * 37) % 100) / 100.0 AS pct_one_star, ((n * 13) % 10) * 8.0 + (n % 7) AS smart_5_raw,
             CASE WHEN (n * 13) % 10 = 9 THEN 1 ELSE 0 END AS failure,
             now() AS write_time, now() AS api_invocation_time, n = ${records[part]} AS is_deleted
      FROM (SELECT n, '${part}' || n AS serial_number, '2025-12-' || lpad(((n % 28) + 1)::VARCHAR, 2, '0') AS "date"
            FROM range(0, ${records[part]} + 1) AS t(n))
    ) TO '${path}' (FORMAT parquet)`);
  session.close();
  return path;
}
