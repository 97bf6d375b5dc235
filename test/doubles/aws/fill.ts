import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { S3 } from '@aws-sdk/client-s3';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { InputError } from '../../../src/common/errors.js';
import type { Fill } from '../../contract/environment.js';

/** What an SDK or the `aws` command needs to talk to a double. */
export const variables = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
};

export interface AwsFill extends Fill {
  bucket(name: string): Promise<void>;
  /** A SageMaker model that has this package, else this artifact. */
  model(name: string, from: { package?: string; dataUrl?: string }): Promise<void>;
  /** A Model Monitor schedule on an endpoint, hourly. */
  schedule(name: string, endpoint: string, type?: 'DataQuality' | 'ModelQuality'): Promise<void>;
  clients: { s3: S3; sagemaker: SageMaker; cloudwatch: CloudWatch };
}

const role = 'arn:aws:iam::123456789012:role/test';
const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/serve:1';

/** Puts things into a double by the services' own interfaces, as another program would. */
export function fillAws(url: string, bucket: string): AwsFill {
  const config = {
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const s3 = new S3({ ...config, forcePathStyle: true });
  const sagemaker = new SageMaker(config);
  const cloudwatch = new CloudWatch(config);
  const groups = new Set<string>();
  const object: Fill['object'] = async (Key, Body) => void (await s3.putObject({ Bucket: bucket, Key, Body }));

  const fill: AwsFill = {
    clients: { s3, sagemaker, cloudwatch },
    bucket: async (name) => void (await s3.createBucket({ Bucket: name })),
    object,
    async manyObjects(prefix, count) {
      const keys = Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(5, '0')}.txt`);
      for (let at = 0; at < count; at += 50)
        await Promise.all(keys.slice(at, at + 50).map((Key) => s3.putObject({ Bucket: bucket, Key, Body: 'x' })));
    },
    async featureGroup(name) {
      await sagemaker.createFeatureGroup({
        FeatureGroupName: name,
        RecordIdentifierFeatureName: 'record_id',
        EventTimeFeatureName: 'event_time',
        FeatureDefinitions: [
          { FeatureName: 'record_id', FeatureType: 'String' },
          { FeatureName: 'event_time', FeatureType: 'Fractional' },
          { FeatureName: 'area', FeatureType: 'Fractional' },
        ],
        OfflineStoreConfig: { S3StorageConfig: { S3Uri: `s3://${bucket}/feature-store` } },
        RoleArn: role,
      });
    },
    async modelVersion(group, number) {
      if (!groups.has(group)) await sagemaker.createModelPackageGroup({ ModelPackageGroupName: group });
      groups.add(group);
      const made = await sagemaker.createModelPackage({
        ModelPackageGroupName: group,
        ModelPackageDescription: `version ${number}`,
        ModelApprovalStatus: 'Approved',
        CustomerMetadataProperties: { 'mlops:family': 'lightgbm', 'mlops:metric:recall': '0.8', threshold: '0.31' },
        InferenceSpecification: {
          Containers: [{ Image: image, ModelDataUrl: `s3://${bucket}/artifacts/models/v${number}/model.tar.gz` }],
          SupportedContentTypes: ['application/json'],
          SupportedResponseMIMETypes: ['application/json'],
        },
      });
      if (!made.ModelPackageArn?.endsWith(`/${number}`))
        throw new InputError(`${group}: made ${made.ModelPackageArn}, expected version ${number}`);
    },
    async model(name, from) {
      const container = from.package
        ? { ModelPackageName: from.package }
        : { Image: image, ModelDataUrl: from.dataUrl };
      await sagemaker.createModel({ ModelName: name, ExecutionRoleArn: role, PrimaryContainer: container });
    },
    async schedule(name, endpoint, type = 'DataQuality') {
      await sagemaker.createMonitoringSchedule({
        MonitoringScheduleName: name,
        MonitoringScheduleConfig: {
          ScheduleConfig: { ScheduleExpression: 'cron(0 * ? * * *)' },
          MonitoringType: type,
          MonitoringJobDefinition: {
            MonitoringInputs: [{ EndpointInput: { EndpointName: endpoint, LocalPath: '/opt/ml/input' } }],
            MonitoringOutputConfig: {
              MonitoringOutputs: [{ S3Output: { S3Uri: `s3://${bucket}/m`, LocalPath: '/o' } }],
            },
            MonitoringResources: {
              ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 },
            },
            MonitoringAppSpecification: { ImageUri: 'monitor:1' },
            RoleArn: role,
          },
        },
      });
    },
    async endpoint(name) {
      await fill.model(`${name}-v1`, { dataUrl: `s3://${bucket}/artifacts/models/v1/model.tar.gz` });
      await sagemaker.createEndpointConfig({
        EndpointConfigName: `${name}-config`,
        ProductionVariants: [variant('AllTraffic', `${name}-v1`, 1)],
        DataCaptureConfig: {
          EnableCapture: true,
          InitialSamplingPercentage: 50,
          DestinationS3Uri: `s3://${bucket}/monitoring/data-capture`,
          CaptureOptions: [{ CaptureMode: 'Input' }],
        },
      });
      await sagemaker.createEndpoint({ EndpointName: name, EndpointConfigName: `${name}-config` });
    },
    servable: (group, number) => fill.modelVersion(group, number),
    async metric(namespace, data) {
      await cloudwatch.putMetricData({
        Namespace: namespace,
        MetricData: data.map(({ metric, dimensions, value, at }) => ({
          MetricName: metric,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          Value: value,
          Timestamp: at,
        })),
      });
    },
    async alarm(name) {
      await cloudwatch.putMetricAlarm({
        AlarmName: name,
        Namespace: 'Contract',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
      });
    },
    async ledgerEntry(at, why) {
      const stamp = at.toISOString().replace(/[-:.]/g, '').replace('T', '-');
      const entry = {
        ...{ kind: 'ledger-entry', schemaVersion: 1, at: at.toISOString(), who: 'test', what: 'deploy', why },
        ...{ from: null, to: 'v1', outcome: 'recorded', trigger: null, evidence: [] },
      };
      await object(`ledger/${stamp}.json`, JSON.stringify(entry));
    },
  };
  return fill;
}

export function variant(VariantName: string, ModelName: string, InitialVariantWeight: number) {
  return {
    VariantName,
    ModelName,
    InitialVariantWeight,
    InitialInstanceCount: 1,
    InstanceType: 'ml.m5.large',
  } as const;
}
