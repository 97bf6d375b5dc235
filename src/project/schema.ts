import * as z from 'zod';
import { actionsSchema } from './alarms/actions-schema.js';
import { askedAlarmSchema } from './alarms/asked-schema.js';
import { apiSchema } from './parts/api-schema.js';
import { commandSchema, requestForms } from './commands.js';
import { environmentSchema } from './parts/environment-schema.js';
import { encodeSchema } from './parts/encode-schema.js';
import { featuresSchema, share, type splitSchema } from './parts/features-schema.js';
import { liveSchema } from './live/live-schema.js';
import { checksSchema, loopSchema } from './parts/loop-schema.js';
import { releaseSchema } from './parts/release-schema.js';
import { searchSchema } from './parts/search-schema.js';
import { sourceSchema } from './parts/source-schema.js';
import { gateActionSchema, gateLevelSchema } from '../documents/gates/verdict.js';

/**
 * The shape of `mlops.json`. Unknown keys are refused, so that a misspelt one is noticed;
 * everything with a sensible default has it here, so that files stay short.
 */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'letters, digits, "-" and "_" only');

export const candidateSchema = z.strictObject({
  name: name.describe('What reports and the leaderboard call it.'),
  family: z
    .enum(['lightgbm', 'random-forest', 'logistic-regression', 'ridge', 'given'])
    .describe(
      'How it learns. given: predictions made elsewhere, in the columns that "parameters" names ("score", "class", "scores"), or of an endpoint that is asked for them ("url", "token").',
    ),
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
    .union([
      z.strictObject({
        keep: z.string().describe('What the threshold must keep on the validation rows, e.g. "recall >= 0.70".'),
        minimise: z
          .enum(['false_positives'])
          .default('false_positives')
          .describe('What it makes fewest of while that is kept.'),
      }),
      z.strictObject({
        maximise: z
          .enum(['f1', 'f2'])
          .describe('The figure that the threshold makes highest on the validation rows; f2 weighs recall more.'),
      }),
    ])
    .optional()
    .describe('From which score on a row counts as positive.'),
  choose: z
    .strictObject({
      metric: z.string().describe('The figure that decides between candidates.'),
      on: z
        .enum(['validation', 'test'])
        .default('validation')
        .describe('The rows that the figure is of. Default: validation.'),
    })
    .optional()
    .describe(
      'What decides which candidate becomes the model. Default: average_precision of two classes, macro_f1 of several, r2 of numbers.',
    ),
});

const trainSchema = z.strictObject({
  command: commandSchema,
  serve: z
    .strictObject({
      command: commandSchema,
      request: z.enum(requestForms).default('csv').describe('How rows go to it.'),
    })
    .optional()
    .describe(
      'A program that answers for what training left in SM_MODEL_DIR, where that is no model that is read here.',
    ),
  hyperparameters: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('What the program is told, as SM_HPS, SM_HP_NAME and hyperparameters.json.'),
  format: z.enum(['csv', 'parquet']).default('csv').describe('How its channels hold the rows.'),
  minutes: z.number().positive().default(1440).describe('After how long the program is ended.'),
});

export const endpointSchema = z.strictObject({
  name: name.describe('Its name, here and in an account. Default in "endpoints": PROJECT-KEY.'),
  capture: share.default(1).describe('The share of requests that is recorded, from 0 to 1.'),
  instance: z.string().default('ml.m5.large').describe('The machine in an AWS account.'),
});

export const gateSchema = z.strictObject({
  id: name.describe('What verdicts, overrides and waivers call it.'),
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
  estimated: z
    .enum(['pass', 'warn', 'inconclusive'])
    .optional()
    .describe(
      'Of a rule on an estimate ("estimated roc_auc >= 0.8"): what one that holds counts as. Default: warn, for an estimate is no proof.',
    ),
  action: gateActionSchema
    .optional()
    .describe('What a failure asks for. Default: warn; for a soft gate, what its group asks for.'),
});

export const monitorSchema = z.strictObject({
  gates: z.array(gateSchema).min(1).describe('Rules that a served model is judged by; together they make the verdict.'),
  soft: z
    .strictObject({
      fail: z.number().int().positive().describe('The soft group fails at this many failures.'),
      action: gateActionSchema.default('retrain').describe('What its failure asks for. Default: retrain.'),
    })
    .optional()
    .describe('When the soft gates fail together, and what follows; needed where there are any.'),
  slices: z
    .array(
      z.union([
        z.string(),
        z.strictObject({
          column: z.string().describe('A column of numbers, cut into ranges.'),
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
  reference: z
    .string()
    .optional()
    .describe(
      'What drift is compared with. baseline (default): what the version learned from; previous: the batch before; season: these months in earlier years; or a period, "2025-01-01/2025-06-30".',
    ),
  batches: z
    .union([
      z.string(),
      z.strictObject({
        files: z
          .string()
          .describe('Where new rows arrive: a folder, a pattern such as "incoming/*.parquet", or s3://…'),
        train: z
          .enum(['never', 'when-labelled', 'half-when-labelled'])
          .default('never')
          .describe(
            'when-labelled: rows join the next training once a batch has all labels. half-when-labelled: as rows of production, of which half teach and half test.',
          ),
      }),
    ])
    .optional()
    .describe(
      'Where new rows arrive: a folder, a pattern such as "incoming/*.parquet", or s3://…; monitor judges new files.',
    ),
  schedule: z
    .enum(['hourly', 'daily', 'weekly'])
    .optional()
    .describe('How often it is meant to be judged: a note for people. Nothing runs by it; mlops watch and "loop" do.'),
});

export { alarmDefinitionSchema, type AlarmDefinition } from './alarms/alarm-schema.js';
export { jobsSchema, type AwsEnvironment, type Jobs, type Lifecycle } from './parts/environment-schema.js';

export const projectFileSchema = z.strictObject({
  $schema: z.string().optional().describe("Where this file's JSON Schema lies, for other editors."),
  name: name.describe('What the project is called; buckets, groups and endpoints are named after it.'),
  sources: z.record(name, sourceSchema).describe('Where data comes from; each is a view of that name in features.sql.'),
  features: featuresSchema.describe('How sources become one table of examples, and how its rows are divided.'),
  model: modelSchema.describe('What is predicted, from which columns, and how the best model is chosen.'),
  private: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Columns (names or * patterns) that say whose data it is: they are never learned from, captured, shown or exported; the entity becomes a pseudonym.',
    ),
  train: trainSchema.optional().describe('A program of your own that trains, by the contract of SageMaker.'),
  endpoint: endpointSchema
    .default({ name: 'none', capture: 0, instance: 'ml.m5.large' })
    .describe('What serves the model. Only a project whose scores are given has none.'),
  api: apiSchema
    .optional()
    .describe("What the endpoint answers besides SageMaker's own routes, to whom, and how often."),
  endpoints: z
    .record(name, endpointSchema.partial({ name: true }))
    .optional()
    .describe('Several endpoints instead of one, by what they are for: staging, prod. Default name: PROJECT-KEY.'),
  tracking: z
    .string()
    .regex(/^env:\w+$/, '"env:NAME", the variable that holds the URL')
    .optional()
    .describe(
      '"env:NAME": the variable with the URL of an MLflow server that is told of trials and models too. Default: env:MLFLOW_TRACKING_URI.',
    ),
  release: releaseSchema
    .optional()
    .describe('How a new version takes the traffic of an endpoint, and what takes it back.'),
  monitor: monitorSchema.describe('How a served model is judged on rows that it never learned from.'),
  live: liveSchema
    .optional()
    .describe(
      'The newest rows, asked about through the endpoint again and again (mlops watch), and how that turned out.',
    ),
  loop: loopSchema
    .optional()
    .describe('What is done by itself while the project is watched: judged, retrained, released. Without it, nothing.'),
  checks: checksSchema.optional().describe('Requests that the endpoint is asked again and again while it is watched.'),
  alarms: z
    .union([z.literal('endpoint'), z.array(askedAlarmSchema)])
    .default('endpoint')
    .describe(
      '"endpoint": the eight alarms of a served model; or a list of your own: of one metric, an expression over several, a learned band, of other alarms, or such a set.',
    ),
  actions: actionsSchema.optional().describe('What is done when an alarm goes off: each by the name that "then" says.'),
  environments: z
    .record(name, environmentSchema)
    .default({})
    .describe('AWS accounts where the project runs too; "local" is built in.'),
});
export type ProjectFile = z.infer<typeof projectFileSchema>;
export type { Source } from './parts/source-schema.js';
export type Candidate = z.infer<typeof candidateSchema>;
export type GateRule = z.infer<typeof gateSchema>;
export type Split = z.infer<typeof splitSchema>;

/** A loaded project: the file, where it lies, and the SQL texts it names. */
export interface Project {
  folder: string;
  file: ProjectFile;
  /** Contents by the path that `mlops.json` names. */
  sql: Record<string, string>;
}
