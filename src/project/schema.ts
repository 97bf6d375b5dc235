import * as z from 'zod';
import { partNames } from '../common/parts.js';
import { projectAlarmSchema } from './alarm-schema.js';
import { commandSchema } from './commands.js';
import { encodeSchema } from './encode-schema.js';
import { searchSchema } from './search-schema.js';
import { gateActionSchema, gateLevelSchema } from '../documents/verdict.js';

/**
 * The shape of `mlops.json`. Unknown keys are refused, so that a misspelt one is noticed;
 * everything with a sensible default has it here, so that files stay short.
 */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'letters, digits, "-" and "_" only');

const sourceSchema = z.strictObject({
  files: z.string().describe('Path, glob or folder relative to the project; or a URL.'),
  format: z
    .enum(['zip-of-csv', 'table'])
    .default('table')
    .describe('zip-of-csv: archives with one CSV a partition (a day); table: any readable table.'),
  partition: z
    .string()
    .optional()
    .describe("The column that names the partition: the date in each member's file name."),
  links: z
    .strictObject({ page: z.string(), match: z.string() })
    .optional()
    .describe("Where to find download links: a page, and a pattern that a link's file name matches."),
  types: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'DuckDB types by column name or * pattern; "date %d/%m/%y" says how dates are written. The first match wins; other columns are what all their values say, in zip-of-csv text.',
    ),
  nulls: z
    .array(z.string())
    .default([])
    .describe('Words such as NA that mean that a value is missing, where they stand without quotes.'),
  decimal: z.enum(['.', ',']).default('.').describe("What stands before a number's fraction."),
  sql: z
    .string()
    .optional()
    .describe('SQL over the raw rows (view "raw") that makes the table, when the files are not ready tables.'),
  ready: z
    .array(z.string())
    .optional()
    .describe('Columns of the ready table: files that have them all are taken as they are, without "sql".'),
  optional: z.boolean().default(false).describe('Whether the project runs without this source.'),
});

const share = z.number().min(0).max(1).describe('A share of all, from 0 to 1.');
export const splitSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('entity'),
    seed: z.number().int().default(42).describe('The same seed makes the same split.'),
    train: share,
    validation: share,
    test: share,
    production: share,
  }),
  /** A column of the table says it: its values are named for each part; a part may be fed by several values. */
  z.strictObject({
    by: z.literal('column'),
    column: z.string().describe('The column whose value says which part a row belongs to.'),
    train: z.array(z.string()).default(['train']),
    validation: z.array(z.string()).default(['validation']),
    test: z.array(z.string()).default(['test']),
    production: z.array(z.string()).default(['production']),
  }),
]);

const featuresSchema = z.strictObject({
  sql: z
    .string()
    .default('features.sql')
    .describe('DuckDB SQL over the sources, ending in one SELECT: one row an example.'),
  entity: z.string().describe('The column that names the thing a row is about. No entity stands in two parts.'),
  time: z.string().optional().describe("The column with the row's own time, if it has one."),
  split: splitSchema.describe('How rows are divided into training, validation, test and production.'),
});

export const candidateSchema = z.strictObject({
  name,
  family: z.enum(['lightgbm', 'random-forest', 'logistic-regression', 'ridge']),
  columns: z.array(z.string()).min(1).describe('Columns to learn from: names or * patterns.'),
  classWeight: z
    .enum(['balanced', 'sqrt'])
    .optional()
    .describe(
      'balanced: n / (classes x count); sqrt: its square root, in a binary task that of negatives / positives.',
    ),
  scale: z.enum(['standard']).optional().describe('standard: subtract the mean, divide by the standard deviation.'),
  parameters: z.record(z.string(), z.unknown()).default({}).describe("The learner's own parameters, by its own names."),
  search: searchSchema.optional().describe('Parameters to look for on the training rows; the best ones are kept.'),
});

export const modelSchema = z.strictObject({
  task: z
    .enum(['binary', 'multiclass', 'regression'])
    .describe('binary: 0 or 1; multiclass: one of several classes, by name; regression: a number.'),
  target: z.string().describe('The column to predict.'),
  candidates: z
    .array(candidateSchema)
    .default([])
    .describe('Models to train side by side; the best one is kept. None is needed beside "train".'),
  fill: z
    .record(z.string(), z.number())
    .default({})
    .describe('Missing values of these columns (names or * patterns) become this number: part of the model.'),
  encode: encodeSchema.optional(),
  refit: z
    .boolean()
    .optional()
    .describe(
      'Fit the chosen candidate anew on the training and the validation rows, with the rounds that were found, its threshold from out-of-fold scores. Default: false.',
    ),
  threshold: z
    .strictObject({
      keep: z.string().describe('What the threshold must keep on the validation rows, e.g. "recall >= 0.70".'),
      minimise: z.enum(['false_positives']).default('false_positives'),
    })
    .optional()
    .describe('From which score on a row counts as positive.'),
  choose: z
    .strictObject({
      metric: z.string().describe('The figure that decides between candidates.'),
      on: z.enum(['validation', 'test']).default('validation'),
    })
    .optional(),
});

const trainSchema = z.strictObject({
  command: commandSchema,
  hyperparameters: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('What the program is told, as SM_HPS, SM_HP_NAME and hyperparameters.json.'),
  format: z.enum(['csv', 'parquet']).default('csv').describe('How its channels hold the rows.'),
  minutes: z.number().positive().default(1440).describe('After how long the program is ended.'),
});

const serveSchema = z.strictObject({
  command: commandSchema.describe("What serves the model that train's program leaves: GET /ping, POST /invocations."),
});

export const endpointSchema = z.strictObject({
  name,
  capture: share.default(1).describe('The share of requests that is recorded, from 0 to 1.'),
  instance: z.string().default('ml.m5.large').describe('The machine in an AWS account.'),
});

export const gateSchema = z.strictObject({
  id: name,
  level: gateLevelSchema.describe(
    'hard: fails the verdict; soft: counts towards the soft group; advisory: warns at most.',
  ),
  rule: z
    .string()
    .describe(
      'A figure against a number, "recall >= 0.70"; against the baseline, "fpr <= 1.25 * baseline"; of columns, "null_pct(*) <= 5".',
    ),
  minSamples: z
    .number()
    .int()
    .positive()
    .optional()
    .describe("Fewer than this in the figure's denominator (positives for recall) is inconclusive."),
  confidence: z
    .number()
    .min(0.5)
    .max(0.9999)
    .optional()
    .describe(
      'Fails only when it is this sure, from 0.5 to 0.9999: the whole interval lies beyond the limit; one that touches it warns. Default: the figure alone counts.',
    ),
  action: gateActionSchema
    .optional()
    .describe('What a failure asks for. Default: warn; for a soft gate, what its group asks for.'),
});

export const monitorSchema = z.strictObject({
  gates: z.array(gateSchema).min(1),
  soft: z
    .strictObject({
      fail: z.number().int().positive().describe('The soft group fails at this many failures.'),
      action: gateActionSchema.default('retrain'),
    })
    .optional(),
  slices: z
    .array(
      z.union([
        z.string(),
        z.strictObject({
          column: z.string(),
          quantiles: z
            .number()
            .int()
            .min(2)
            .max(20)
            .describe('Into how many equally large ranges its numbers are cut.'),
        }),
      ]),
    )
    .optional()
    .describe('Columns whose values are judged each on their own; a column of numbers can be cut into ranges.'),
  labelDelay: z
    .union([z.string().regex(/^P\d+(D|W)$/, 'days or weeks such as "P30D" or "P2W"'), z.number().positive()])
    .optional()
    .describe('How long after its prediction a row has its label: "P30D", or a number of days.'),
  batches: z
    .union([
      z.string(),
      z.strictObject({
        files: z.string(),
        train: z
          .enum(['never', 'when-labelled'])
          .default('never')
          .describe('when-labelled: rows join the next training once all of a batch have their labels.'),
      }),
    ])
    .optional()
    .describe(
      'Where new rows arrive: a folder, a pattern such as "incoming/*.parquet", or s3://…; monitor judges new files.',
    ),
  schedule: z.enum(['hourly', 'daily', 'weekly']).optional(),
});

export { alarmDefinitionSchema, type AlarmDefinition } from './alarm-schema.js';

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
const lifecycleSchema = z.strictObject({
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

const environmentSchema = z.strictObject({
  kind: z.enum(['aws']),
  region: z.string().optional(),
  profile: z.string().optional(),
  endpointUrl: z
    .string()
    .optional()
    .describe('Where calls go instead of to AWS. Elsewhere than this machine: https, confirmed by `mlops env trust`.'),
  bucket: z.string().optional(),
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

export const projectFileSchema = z.strictObject({
  $schema: z.string().optional(),
  name,
  sources: z.record(name, sourceSchema).describe('Where data comes from; each is a view of that name in features.sql.'),
  features: featuresSchema,
  model: modelSchema,
  private: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Columns (names or * patterns) that say whose data it is: they are never learned from, captured, shown or exported; the entity becomes a pseudonym.',
    ),
  train: trainSchema.optional().describe('A program of your own that trains, by the contract of SageMaker.'),
  serve: serveSchema.optional().describe('How the model of your own program is served, where it is none that we read.'),
  endpoint: endpointSchema,
  monitor: monitorSchema,
  alarms: z
    .union([z.literal('endpoint'), z.array(projectAlarmSchema)])
    .default('endpoint')
    .describe(
      '"endpoint": the eight alarms of a served model; or a list of your own: of one metric, an expression over several, a band that CloudWatch learns, or of other alarms.',
    ),
  environments: z
    .record(name, environmentSchema)
    .default({})
    .describe('AWS accounts where the project runs too; "local" is built in.'),
});
export type ProjectFile = z.infer<typeof projectFileSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Candidate = z.infer<typeof candidateSchema>;
export type GateRule = z.infer<typeof gateSchema>;
export type Split = z.infer<typeof splitSchema>;
export type Jobs = z.infer<typeof jobsSchema>;
export type Lifecycle = z.infer<typeof lifecycleSchema>;
export type AwsEnvironment = z.infer<typeof environmentSchema>;

/** A loaded project: the file, where it lies, and the SQL texts it names. */
export interface Project {
  folder: string;
  file: ProjectFile;
  /** Contents by the path that `mlops.json` names. */
  sql: Record<string, string>;
}
