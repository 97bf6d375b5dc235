import * as z from 'zod';
import { partNames } from '../../common/parts.js';

const jobsNetworkSchema = z.strictObject({
  subnets: z
    .array(z.string().regex(/^subnet-[0-9a-z]+$/, 'a subnet such as "subnet-0a1b2c3d"'))
    .min(1)
    .max(16)
    .describe(
      'Subnets of your VPC. Jobs call S3, SageMaker and CloudWatch from there: by VPC endpoints, or a way out.',
    ),
  securityGroups: z
    .array(z.string().regex(/^sg-[0-9a-z]+$/, 'a security group such as "sg-0a1b2c3d"'))
    .min(1)
    .max(5)
    .describe('Security groups in that VPC, which must let HTTPS out.'),
});

/** Stages as jobs of an account. */
export const jobsSchema = z.strictObject({
  image: z.string().optional().describe("The container image in ECR. Default: the environment's own."),
  role: z.string().optional().describe("ARN of the role that jobs take on. Default: the environment's own."),
  instance: z.string().default('ml.m5.xlarge').describe('The machine that a job runs on.'),
  instances: z.number().int().min(1).max(20).default(1).describe('How many machines share the work of ingesting.'),
  volumeGb: z
    .number()
    .int()
    .min(1)
    .max(16_384)
    .default(100)
    .describe('Room for the data and its copies on each machine, in GB.'),
  kmsKey: z
    .string()
    .max(2048)
    .optional()
    .describe("Id, ARN or alias of the KMS key for disks and what SageMaker packs. Default: AWS's own keys."),
  network: jobsNetworkSchema.optional().describe("A VPC of yours. Default: SageMaker's own network."),
  isolated: z
    .boolean()
    .default(false)
    .describe('No network at all, AWS included: for an image of yours alone, as the stages here read and write S3.'),
  encryptTraffic: z.boolean().default(false).describe('Encrypts what the machines of one job say to each other.'),
});

const days = z.number().int().positive();
/** When the bucket forgets. */
export const lifecycleSchema = z.strictObject({
  captureDays: days.optional().describe('Days after which captured requests go.'),
  monitoringDays: days
    .optional()
    .describe(
      'Days after which monitoring results, drift reports and retrain triggers go; overrides and the ledger stay.',
    ),
  noncurrentDays: days
    .optional()
    .describe(
      'Days after which versions of any object go that were replaced or deleted, in a bucket that keeps versions.',
    ),
});

/** An environment in an AWS account. */
export const environmentSchema = z.strictObject({
  kind: z.enum(['aws']).describe('aws: an AWS account.'),
  region: z.string().optional().describe('Such as "us-east-1". Default: AWS_REGION, or that of the profile.'),
  profile: z
    .string()
    .optional()
    .describe('A profile of ~/.aws/config that signs in. Default: AWS_PROFILE, or what AWS finds by itself.'),
  endpointUrl: z
    .string()
    .optional()
    .describe('Where calls go instead of to AWS. Elsewhere than this machine: https, confirmed by `mlops env trust`.'),
  bucket: z
    .string()
    .optional()
    .describe('The bucket that results and tables are kept in; without it only what needs none is shown.'),
  requesterPays: z
    .boolean()
    .optional()
    .describe('Say to S3 that you pay for what you read, as buckets with "requester pays" want it. Default: false.'),
  role: z.string().optional().describe('ARN of the role that SageMaker takes on. Default: SAGEMAKER_ROLE.'),
  featureGroups: z
    .partialRecord(z.enum(partNames), z.string())
    .optional()
    .describe('Names of feature groups that are not called <project>-<part>.'),
  image: z.string().optional().describe('The container image that serves models and runs jobs, in ECR.'),
  jobs: jobsSchema
    .optional()
    .describe('Run ingest, features, train and monitor as SageMaker jobs; without it they run on this machine.'),
  lifecycle: lifecycleSchema
    .optional()
    .describe('When the bucket forgets; mlops apply makes it so, beside the rules of others. Default: never.'),
  write: z.literal(false).optional().describe('A project can forbid writing to an environment; it can never allow it.'),
});

export type Jobs = z.infer<typeof jobsSchema>;
export type Lifecycle = z.infer<typeof lifecycleSchema>;
export type AwsEnvironment = z.infer<typeof environmentSchema>;
