/** What is known of a system where it runs; what is not there yet is undefined. */
export interface SystemFacts {
  bucket: string;
  region?: string;
  role?: string;
  account?: string;
  partition?: string;
  /** By part: the names of the feature groups. */
  featureGroups: Record<'train' | 'validation' | 'test' | 'production', string>;
  project: string;
  modelGroup: string;
  endpoint?: { name: string; configName?: string; modelName: string };
  /** The version that serves, else the newest approved one: where its artifacts, figures and baselines lie, below the bucket. */
  version?: {
    version: string;
    artifacts: string;
    evaluationMetrics: string;
    baselines: string;
    threshold?: number;
    targetRecall?: number;
  };
  /** An address of a key of the bucket. */
  uriOf: (key: string) => string;
}

/**
 * The resources of a system by the names that scripts and notebooks of SageMaker pipelines use for them: what a step leaves
 * for the next one. A name without a value is not said. Recall has two digits at least, a threshold six.
 */
export function systemVariables(facts: SystemFacts): Record<string, string> {
  const { bucket, region, role, featureGroups, project, modelGroup, endpoint, version, uriOf } = facts;
  const baseline = (name: string) => version && uriOf(`${version.baselines}${name}`);
  const card = version && `${version.baselines}model_card.json`;
  const all: Record<string, string | undefined> = {
    BUCKET_NAME: bucket,
    AWS_REGION: region,
    SAGEMAKER_ROLE: role,
    FEATURE_GROUP_TRAIN: featureGroups.train,
    FEATURE_GROUP_VAL: featureGroups.validation,
    FEATURE_GROUP_TEST: featureGroups.test,
    FEATURE_GROUP_PROD: featureGroups.production,
    FEATURE_GROUP_PREFIX: project,
    FEATURE_STORE_S3_URI: uriOf('feature-store/'),
    ENDPOINT_NAME: endpoint?.name,
    MODEL_NAME: endpoint?.modelName,
    ENDPOINT_CONFIG_NAME: endpoint?.configName,
    MODEL_S3_URI: version && uriOf(`${version.artifacts}model.tar.gz`),
    MODEL_THRESHOLD: version?.threshold?.toFixed(6),
    MODEL_PACKAGE_GROUP: modelGroup,
    MODEL_PACKAGE_ARN: version && packageArn(facts, version.version),
    EVALUATION_METRICS_S3: version && uriOf(version.evaluationMetrics),
    MODEL_CARD_NAME: version && `${modelGroup}-${version.version}`,
    MODEL_CARD_ARN: card && objectArn(facts, card),
    BASELINE_PREFIX_S3: version && uriOf(version.baselines),
    BASELINE_DATA_QUALITY_S3: baseline('data_quality_baseline.json'),
    BASELINE_TRAINING_CSV_S3: baseline('training_data_baseline.csv'),
    BASELINE_MODEL_QUALITY_S3: baseline('model_quality_baseline.csv'),
    MONITORING_CONSTRAINTS_S3: baseline('monitoring_constraints.json'),
    TARGET_RECALL: recallText(version?.targetRecall),
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function packageArn({ partition, region, account, modelGroup, uriOf }: SystemFacts, version: string): string {
  // On this machine a version is known by its files.
  if (account === undefined || region === undefined) return uriOf(`artifacts/models/${version}/`);
  return `arn:${partition}:sagemaker:${region}:${account}:model-package/${modelGroup}/${version.replace(/^v/, '')}`;
}

/** The card is a document of the bucket. */
function objectArn({ partition, account, bucket, uriOf }: SystemFacts, key: string): string {
  return account === undefined ? uriOf(key) : `arn:${partition}:s3:::${bucket}/${key}`;
}

function recallText(recall: number | undefined): string | undefined {
  if (recall === undefined) return undefined;
  const short = recall.toFixed(2);
  return Number(short) === recall ? short : String(recall);
}
