/** The services that an environment uses, by the clients' names here. */
export type Service = 's3' | 'sagemaker' | 'runtime' | 'cloudwatch' | 'logs' | 'athena' | 'sts' | 'iam' | 'tagging';

const prefixes: Record<Service, string> = {
  s3: 's3',
  sagemaker: 'sagemaker',
  runtime: 'sagemaker',
  cloudwatch: 'cloudwatch',
  logs: 'logs',
  athena: 'athena',
  sts: 'sts',
  iam: 'iam',
  tagging: 'tag',
};

/** Where the IAM action is not named after the operation. */
const otherNames: Record<string, string> = {
  ListBuckets: 's3:ListAllMyBuckets',
  ListObjectsV2: 's3:ListBucket',
  CreateMultipartUpload: 's3:PutObject',
  GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
  PutBucketLifecycleConfiguration: 's3:PutLifecycleConfiguration',
  DeleteBucketLifecycle: 's3:PutLifecycleConfiguration',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
  HeadObject: 's3:GetObject (and s3:ListBucket, without which an object that does not exist is refused too)',
  GetObject: 's3:GetObject (and s3:ListBucket, without which an object that does not exist is refused too)',
};

/** The IAM action that allows an operation. Source: the services' pages in the Service Authorization Reference. */
export function permissionFor(service: Service, operation: string): string {
  return otherNames[operation] ?? `${prefixes[service]}:${operation}`;
}
