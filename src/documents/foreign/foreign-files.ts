import * as z from 'zod';

/**
 * Files beside a model or a pipeline as other programs write them: without `kind`, known by their shape.
 * Whatever else they hold is kept and shown.
 */
const figure = z
  .number()
  .nullish()
  .transform((value) => value ?? null);

/** `monitoring_constraints.json`, ours and the template's contract. */
export const foreignConstraintsSchema = z.looseObject({
  modelVersion: z.string().optional(),
  primary_constraint: z
    .looseObject({ metric: z.string(), operator: z.string(), threshold: z.number(), action: z.string().nullish() })
    .nullable(),
  secondary_constraints: z.record(
    z.string(),
    z.looseObject({ min: figure, max: figure, baseline: figure, action: z.string().nullish() }),
  ),
  data_quality: z
    .looseObject({ max_null_pct: figure, max_feature_drift: figure })
    .default({ max_null_pct: null, max_feature_drift: null }),
  decision_threshold: figure,
  target_recall: figure,
  feature_cols: z.array(z.string()).default([]),
  baseline_confusion: z.object({ tp: z.number(), fp: z.number(), fn: z.number(), tn: z.number() }).nullish(),
});
export type ForeignConstraints = z.infer<typeof foreignConstraintsSchema>;

/** `data_quality_baseline.json`: a record of columns, all with a mean and a count. */
export const foreignBaselineSchema = z.record(
  z.string(),
  z.looseObject({
    mean: z.number().nullable(),
    std: z.number().nullable(),
    min: z.number().nullable().optional(),
    max: z.number().nullable().optional(),
    median: z.number().nullable().optional(),
    q1: z.number().nullable().optional(),
    q3: z.number().nullable().optional(),
    null_pct: z.number().nullable().optional(),
    count: z.number().optional(),
  }),
);
export type ForeignBaseline = z.infer<typeof foreignBaselineSchema>;

/** One column of another system's drift check: its figures by name, and what it said. */
export interface ForeignDriftColumn {
  column: string;
  figures: Record<string, number | null>;
  drifted: boolean | null;
}
export interface ForeignDrift {
  columns: ForeignDriftColumn[];
  /** Everything that stood beside the columns: counts, thresholds, names. */
  beside: Record<string, unknown>;
  /** What the document itself says of the whole. */
  drifted: boolean | null;
}

const saying = ['is_drifted', 'drift_detected', 'drifted', 'has_drift', 'drift'];
const wholeSaying = ['drift_detected', 'overall_drift', 'dataset_drift', 'data_drift_detected', 'drifted'];

/**
 * A drift check: somewhere within two levels lies a record of columns, each of which says whether it drifted.
 * Undefined where there is none.
 */
export function foreignDrift(json: object): ForeignDrift | undefined {
  const places = [json, ...Object.values(json).filter(isRecord)];
  for (const place of places) {
    for (const candidate of [place, ...Object.values(place).filter(isRecord)]) {
      const columns = columnsOf(candidate);
      if (columns === undefined) continue;
      const beside = { ...plainOf(json), ...(place === json ? {} : plainOf(place)) };
      return { columns, beside, drifted: firstBoolean({ ...beside }, wholeSaying) };
    }
  }
  return undefined;
}

function columnsOf(record: object): ForeignDriftColumn[] | undefined {
  const entries = Object.entries(record);
  const all =
    entries.length > 0 && entries.every(([, value]) => isRecord(value) && firstBoolean(value, saying) !== null);
  if (!all) return undefined;
  return entries.map(([column, value]) => ({
    column,
    drifted: firstBoolean(value as Record<string, unknown>, saying),
    figures: Object.fromEntries(
      Object.entries(value as object).filter(
        (pair): pair is [string, number | null] => pair[1] === null || typeof pair[1] === 'number',
      ),
    ),
  }));
}

function firstBoolean(record: Record<string, unknown>, names: readonly string[]): boolean | null {
  for (const name of names) if (typeof record[name] === 'boolean') return record[name];
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plainOf(record: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !isRecord(value)));
}

/** A flat summary of a model, a training or a check: which keys make it one, and what it is. */
export interface SummaryForm {
  name: string;
  keys: readonly string[];
}
export const summaryForms: readonly SummaryForm[] = [
  { name: 'Evaluation summary', keys: ['label', 'model_type', 'features', 'pr_auc_valid', 'best_threshold'] },
  { name: 'Model metadata', keys: ['threshold', 'feature_cols', 'best_iteration'] },
  { name: 'Retraining report', keys: ['status', 'endpoint', 'new_model'] },
  { name: 'Training metrics', keys: ['accuracy', 'precision', 'recall', 'f1_score'] },
  { name: 'Training statistics', keys: ['feature_means', 'feature_stds'] },
  { name: 'Data quality report', keys: ['missing_values', 'consistency'] },
  { name: 'Data quality report', keys: ['missing_percentage', 'consistency'] },
  { name: 'Data quality report', keys: ['missing_percentage', 'numeric_stats'] },
  { name: 'Answer to drift', keys: ['severity', 'action'] },
  { name: 'Release', keys: ['model_name', 'model_version', 'stage'] },
  { name: 'Trial', keys: ['val_f1_score'] },
  { name: 'Best trial', keys: ['best_val_f1_score'] },
];

export interface ForeignSummary {
  name: string;
  content: Record<string, unknown>;
}

export function foreignSummary(json: object): ForeignSummary | undefined {
  const form = summaryForms.find(({ keys }) => keys.every((key) => key in json));
  return form && { name: form.name, content: json as Record<string, unknown> };
}

/** One captured request and its answer, in data-capture JSON lines. */
export const captureRecordSchema = z.looseObject({
  captureData: z.looseObject({
    endpointInput: z
      .looseObject({ data: z.string(), encoding: z.string(), observedContentType: z.string().optional() })
      .optional(),
    endpointOutput: z
      .looseObject({ data: z.string(), encoding: z.string(), observedContentType: z.string().optional() })
      .optional(),
  }),
  eventMetadata: z
    .looseObject({
      eventId: z.string().optional(),
      inferenceId: z.string().optional(),
      inferenceTime: z.string().optional(),
    })
    .optional(),
});
export type CaptureRecord = z.infer<typeof captureRecordSchema>;

/** What labels that come later look like in JSON lines. */
export const groundTruthSchema = z.looseObject({
  groundTruthData: z.looseObject({ data: z.string(), encoding: z.string() }),
  eventMetadata: z.looseObject({ eventId: z.string() }),
});
export type GroundTruthRecord = z.infer<typeof groundTruthSchema>;

/** JSON lines that are known here. `lines`: all there are; `records`: the first of them. */
export interface RecordLines<T> {
  records: T[];
  lines: number;
  damaged: number;
}
