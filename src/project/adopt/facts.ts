import { parseS3Address } from '../../common/s3-address.js';
import { InputError } from '../../common/errors.js';

/** What is known of a system that runs already, from wherever it was learned. */
export interface AdoptedSystem {
  /** Of the project and its model group. */
  name: string;
  environment: {
    region?: string;
    profile?: string;
    endpointUrl?: string;
    bucket?: string;
    role?: string;
    /** By part, where they are not called `<name>-<part>`. */
    featureGroups?: Record<string, string>;
  };
  endpoint: string;
  capture?: number;
  instance?: string;
  task: 'binary' | 'regression';
  /** What the model learns from and predicts, and the columns that name and date a row. */
  columns: string[];
  target: string;
  entity: string;
  time?: string;
  /** The share of positives that must be found; absent where nobody said. */
  targetRecall?: number;
  /** Nobody has labels yet: only the data is judged. */
  dataGatesOnly?: boolean;
  /** The files that features.sql selects from: one below `data/`, or a pattern. */
  table: string;
  /** What the feature groups call the id and the time of a record; absent where nobody looked. */
  group?: { recordId: string; eventTime: string };
}

export const partNames = { TRAIN: 'train', VAL: 'validation', TEST: 'test', PROD: 'production' } as const;

/**
 * The system that the variables of a deployed pipeline describe.
 * @throws InputError naming the file and the variable that is missing
 */
export function systemOfVariables(variables: Record<string, string>, path: string): AdoptedSystem {
  const value = (name: string) => (variables[name] === '' ? undefined : variables[name]);
  const bucket = value('BUCKET_NAME') ?? bucketOf(value('MODEL_S3_URI')) ?? bucketOf(value('FEATURE_STORE_S3_URI'));
  if (bucket === undefined)
    throw new InputError(`${path}: found no BUCKET_NAME, expected the bucket that the pipeline writes to`);
  const arn = value('MODEL_PACKAGE_ARN') ?? value('MODEL_CARD_ARN');
  const named = Object.entries(partNames).map(([suffix, part]) => [part, value(`FEATURE_GROUP_${suffix}`)] as const);
  const featureGroups = Object.fromEntries(named.filter(([, group]) => group !== undefined)) as Record<string, string>;
  const name = fit(value('MODEL_PACKAGE_GROUP') ?? value('FEATURE_GROUP_PREFIX') ?? bucket);
  const recall = Number(value('TARGET_RECALL'));
  return {
    name,
    environment: {
      region: value('AWS_REGION') ?? regionOf(arn) ?? /-([a-z]{2}-[a-z]+-\d)$/.exec(bucket)?.[1],
      profile: value('AWS_PROFILE'),
      endpointUrl: value('AWS_ENDPOINT_URL'),
      bucket,
      role: value('SAGEMAKER_ROLE'),
      featureGroups: Object.keys(featureGroups).length > 0 ? featureGroups : undefined,
    },
    endpoint: fit(value('ENDPOINT_NAME') ?? name),
    task: 'binary',
    columns: ['*'],
    target: 'target',
    entity: 'record_id',
    targetRecall: recall > 0 && recall <= 1 ? recall : undefined,
    table: 'data/records/*.parquet',
  };
}

function bucketOf(uri: string | undefined): string | undefined {
  return parseS3Address(uri)?.bucket;
}

function regionOf(arn: string | undefined): string | undefined {
  return /^arn:[^:]+:sagemaker:([^:]+):/.exec(arn ?? '')?.[1];
}

/** As a project's names are written. */
export function fit(name: string): string {
  const text = name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+/, '');
  return text.slice(0, 63) || 'project';
}
