import type { Thing } from './whose.js';

type Input = Readonly<Record<string, unknown>>;

/** What an operation makes, changes or deletes, by its input. */
type Touches = (input: Input) => Thing[];

const named = (kind: Thing['kind'], field: string): Touches => {
  return (input) => ([input[field] ?? []].flat() as string[]).map((name) => ({ kind, name }));
};
const groupOf = (arn: unknown): Thing => {
  const group = /:model-package\/(.+)\/\d+$/.exec(String(arn))?.[1];
  return group === undefined ? { kind: 'model-version', name: String(arn) } : { kind: 'model-group', name: group };
};

const endpoint = named('endpoint', 'EndpointName');
const config = named('endpoint-config', 'EndpointConfigName');
const model = named('model', 'ModelName');
const pipeline = named('pipeline', 'PipelineName');
const featureGroup = named('feature-group', 'FeatureGroupName');
const modelGroup = named('model-group', 'ModelPackageGroupName');
const alarm = named('alarm', 'AlarmName');

/**
 * Every operation that the adapter may send, with what it touches. One without a row is not sent: a new writer says here
 * whose property it needs.
 */
export const touches: Readonly<Record<string, Touches>> = {
  CreateEndpoint: endpoint,
  UpdateEndpoint: endpoint,
  UpdateEndpointWeightsAndCapacities: endpoint,
  DeleteEndpoint: endpoint,
  CreateEndpointConfig: config,
  DeleteEndpointConfig: config,
  CreateModel: model,
  DeleteModel: model,
  CreatePipeline: pipeline,
  UpdatePipeline: pipeline,
  DeletePipeline: pipeline,
  StartPipelineExecution: pipeline,
  CreateFeatureGroup: featureGroup,
  UpdateFeatureGroup: featureGroup,
  DeleteFeatureGroup: featureGroup,
  CreateModelPackageGroup: modelGroup,
  DeleteModelPackageGroup: modelGroup,
  CreateModelPackage: modelGroup,
  UpdateModelPackage: ({ ModelPackageArn }) => [groupOf(ModelPackageArn)],
  DeleteModelPackage: ({ ModelPackageName }) => [groupOf(ModelPackageName)],
  CreateProcessingJob: named('processing-job', 'ProcessingJobName'),
  StopProcessingJob: named('processing-job', 'ProcessingJobName'),
  CreateTrainingJob: named('training-job', 'TrainingJobName'),
  StopTrainingJob: named('training-job', 'TrainingJobName'),
  PutMetricAlarm: alarm,
  PutCompositeAlarm: alarm,
  DeleteAlarms: named('alarm', 'AlarmNames'),
  PutDashboard: named('dashboard', 'DashboardName'),
  DeleteDashboards: named('dashboard', 'DashboardNames'),
};

/** Operations that change nothing that is there: figures are added, parts wait, a query leaves a result of a name of its own. */
export const touchesNothing: ReadonlySet<string> = new Set([
  'PutMetricData',
  'CreateMultipartUpload',
  'UploadPart',
  'AbortMultipartUpload',
  'StartQueryExecution',
  'StopQueryExecution',
]);

/** Bound to what was looked at: see `object-ownership`. */
export const boundWrites: ReadonlySet<string> = new Set(['PutObject', 'CompleteMultipartUpload', 'DeleteObject']);

/** Judged by what they carry: see `property`. */
export const judgedByContent: ReadonlySet<string> = new Set([
  'AddTags',
  'DeleteTags',
  'PutBucketLifecycleConfiguration',
  'DeleteBucketLifecycle',
]);
