import { z } from 'zod';
import { gateActionSchema, gateLevelSchema } from '../documents/verdict.js';

/**
 * The shape of `mlops.json`. Unknown keys are refused, so that a misspelt one is noticed;
 * everything with a sensible default has it here, so that files stay short.
 */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'letters, digits, "-" and "_" only');

export const sourceSchema = z.strictObject({
  /** Path, glob or folder relative to the project; or a URL. */
  files: z.string(),
  /** `zip-of-csv`: archives with one CSV a partition (a day); `table`: any readable table. */
  format: z.enum(['zip-of-csv', 'table']).default('table'),
  /** The column that names the partition: the date in each member's file name. */
  partition: z.string().optional(),
  /** Where to find download links: a page and a pattern that a link's file name matches. */
  links: z.strictObject({ page: z.string(), match: z.string() }).optional(),
  /** DuckDB types by column name or `*` pattern. First match wins; columns not named are text or what the name says. */
  types: z.record(z.string(), z.string()).default({}),
  /** SQL over the raw rows (as view `raw`) that makes the table, when the files are not ready tables. */
  sql: z.string().optional(),
  optional: z.boolean().default(false),
});

const share = z.number().min(0).max(1);
export const splitSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('entity'),
    seed: z.number().int().default(42),
    train: share,
    validation: share,
    test: share,
    production: share,
  }),
  /** A column of the table says it: its values are named for each part; a part may be fed by several values. */
  z.strictObject({
    by: z.literal('column'),
    column: z.string(),
    train: z.array(z.string()).default(['train']),
    validation: z.array(z.string()).default(['validation']),
    test: z.array(z.string()).default(['test']),
    production: z.array(z.string()).default(['production']),
  }),
]);

export const featuresSchema = z.strictObject({
  sql: z.string().default('features.sql'),
  /** The column that names the thing a row is about; no entity stands in two parts. */
  entity: z.string(),
  /** The column with the row's own time. Absent: rows have none. */
  time: z.string().optional(),
  split: splitSchema,
});

export const candidateSchema = z.strictObject({
  name,
  family: z.enum(['lightgbm', 'random-forest', 'logistic-regression', 'ridge']),
  columns: z.array(z.string()).min(1),
  /** `balanced`: n / (classes · count); `sqrt`: positives weigh sqrt(negatives / positives). */
  classWeight: z.enum(['balanced', 'sqrt']).optional(),
  scale: z.enum(['standard']).optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
});

export const modelSchema = z.strictObject({
  task: z.enum(['binary', 'regression']),
  target: z.string(),
  candidates: z.array(candidateSchema).min(1),
  /** Missing values of these columns (names or `*` patterns) are filled with a number: part of the model. */
  fill: z.record(z.string(), z.number()).default({}),
  threshold: z
    .strictObject({ keep: z.string(), minimise: z.enum(['false_positives']).default('false_positives') })
    .optional(),
  choose: z.strictObject({ metric: z.string(), on: z.enum(['validation', 'test']).default('validation') }).optional(),
});

export const endpointSchema = z.strictObject({
  name,
  capture: share.default(1),
  instance: z.string().default('ml.m5.large'),
});

export const gateSchema = z.strictObject({
  id: name,
  level: gateLevelSchema,
  rule: z.string(),
  minSamples: z.number().int().positive().optional(),
  action: gateActionSchema.optional(),
});

export const monitorSchema = z.strictObject({
  gates: z.array(gateSchema).min(1),
  soft: z.strictObject({ fail: z.number().int().positive(), action: gateActionSchema.default('retrain') }).optional(),
  schedule: z.enum(['hourly', 'daily', 'weekly']).optional(),
});

export const alarmDefinitionSchema = z.strictObject({
  name: z.string(),
  namespace: z.string(),
  metric: z.string(),
  dimensions: z.record(z.string(), z.string()).default({}),
  statistic: z.string(),
  period: z.number().int().positive(),
  evaluationPeriods: z.number().int().positive(),
  datapointsToAlarm: z.number().int().positive().optional(),
  operator: z.enum(['>=', '>', '<', '<=']),
  threshold: z.number(),
  missing: z.enum(['missing', 'notBreaching', 'breaching', 'ignore']).default('missing'),
  unit: z.string().optional(),
});
export type AlarmDefinition = z.infer<typeof alarmDefinitionSchema>;

export const environmentSchema = z.strictObject({
  kind: z.enum(['aws']),
  region: z.string().optional(),
  profile: z.string().optional(),
  endpointUrl: z.string().optional(),
  bucket: z.string().optional(),
  /** A project can forbid writing to an environment; it can never allow it. */
  write: z.literal(false).optional(),
});

export const projectFileSchema = z.strictObject({
  $schema: z.string().optional(),
  name,
  sources: z.record(name, sourceSchema),
  features: featuresSchema,
  model: modelSchema,
  endpoint: endpointSchema,
  monitor: monitorSchema,
  /** `endpoint`: the eight alarms of a served model; or a list of your own. */
  alarms: z.union([z.literal('endpoint'), z.array(alarmDefinitionSchema)]).default('endpoint'),
  environments: z.record(name, environmentSchema).default({}),
});
export type ProjectFile = z.infer<typeof projectFileSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Candidate = z.infer<typeof candidateSchema>;
export type GateRule = z.infer<typeof gateSchema>;
export type Split = z.infer<typeof splitSchema>;
export type AwsEnvironment = z.infer<typeof environmentSchema>;

/** A loaded project: the file, where it lies, and the SQL texts it names. */
export interface Project {
  folder: string;
  file: ProjectFile;
  /** Contents by the path that `mlops.json` names. */
  sql: Record<string, string>;
}
