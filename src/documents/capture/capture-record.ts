import * as z from 'zod';
import { jsonValues } from './captured-text.js';

/**
 * Lines of data capture and of ground truth, as SageMaker writes and takes them (Developer Guide, "Capture data from
 * real-time endpoint" and "Ingest ground truth labels and merge them with predictions").
 */
const side = z.looseObject({
  observedContentType: z.string().optional(),
  data: z.string(),
  encoding: z.enum(['CSV', 'JSON', 'BASE64']),
});

export const captureRecordSchema = z.looseObject({
  captureData: z.looseObject({ endpointInput: side.optional(), endpointOutput: side.optional() }),
  eventMetadata: z.looseObject({
    eventId: z.string(),
    inferenceId: z.string().optional(),
    inferenceTime: z.string().optional(),
  }),
});
export type CaptureRecord = z.infer<typeof captureRecordSchema>;

export const groundTruthRecordSchema = z.looseObject({
  groundTruthData: z.looseObject({
    data: z.union([z.string(), z.number(), z.boolean()]),
    encoding: z.string().optional(),
  }),
  eventMetadata: z.looseObject({ eventId: z.string() }),
});
export type GroundTruthRecord = z.infer<typeof groundTruthRecordSchema>;

/** The labels of one ground-truth record, as text, one a row of its request. */
export function groundTruthLabels({ groundTruthData: { data, encoding } }: GroundTruthRecord): string[] {
  if (typeof data !== 'string') return [String(data)];
  const values = encoding === 'JSON' ? jsonValues(data) : undefined;
  if (values !== undefined) return values.flatMap(labelsIn).map(String);
  return data
    .trim()
    .split(/\r?\n|,/)
    .map((label) => label.trim());
}

function labelsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(labelsIn);
  if (typeof value !== 'object' || value === null) return [value];
  const { label, labels } = value as { label?: unknown; labels?: unknown };
  return [label ?? labels].flat();
}
