import { z } from 'zod';

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

/** What one captured answer predicted, a score a row; or why that cannot be read. */
export type CapturedScores = { scores: number[]; threshold: number | null } | { problem: string };

/**
 * The scores of a captured answer. JSON: `probabilities`, `probability`, `predictions` or `prediction` (numbers, or
 * objects with a score), or a plain list; `wanted` names another key. CSV: a line a row; of several values in a line
 * `wanted` is the place of the score, from 0; without it they are rows, when as many rows were asked.
 */
export function capturedScores(record: CaptureRecord, wanted?: string): CapturedScores {
  const output = record.captureData.endpointOutput;
  if (output === undefined) return { problem: 'the answer was not captured' };
  const text = textOf(output);
  const type = output.encoding === 'BASE64' ? (output.observedContentType ?? '') : output.encoding;
  if (/json/i.test(type)) return jsonScores(text, wanted);
  return csvScores(text, rowsAsked(record), wanted);
}

function textOf({ data, encoding }: z.infer<typeof side>): string {
  if (encoding !== 'BASE64') return data;
  return new TextDecoder().decode(Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0)));
}

function rowsAsked({ captureData: { endpointInput } }: CaptureRecord): number | null {
  if (endpointInput === undefined) return null;
  return textOf(endpointInput).trim().split(/\r?\n/).length;
}

const scoreKeys = ['probabilities', 'probability', 'probability_score', 'predictions', 'prediction', 'score'];

function jsonScores(text: string, wanted?: string): CapturedScores {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return { problem: 'the answer is not JSON' };
  }
  const threshold = isObject(answer) && typeof answer.threshold === 'number' ? answer.threshold : null;
  const found = isObject(answer) ? valueAt(answer, wanted) : answer;
  const values = Array.isArray(found) ? found : [found];
  const scores = values.map((value: unknown) => scoreOf(value, wanted));
  const bad = scores.findIndex((score) => !Number.isFinite(score));
  if (scores.length > 0 && bad < 0) return { scores, threshold };
  return {
    problem: wanted === undefined ? 'the answer holds no score that is known here' : `the answer holds no "${wanted}"`,
  };
}

function valueAt(answer: Record<string, unknown>, wanted: string | undefined): unknown {
  const key = [...(wanted === undefined ? [] : [wanted]), ...scoreKeys].find((name) => name in answer);
  return key === undefined ? undefined : answer[key];
}

/** A number; the last of a row's two probabilities; or the score in an object. */
function scoreOf(value: unknown, wanted: string | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (Array.isArray(value) && value.length <= 2) return scoreOf(value.at(-1), wanted);
  return isObject(value) ? scoreOf(valueAt(value, wanted), wanted) : NaN;
}

function csvScores(text: string, asked: number | null, wanted: string | undefined): CapturedScores {
  const lines = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map((cell) => (cell.trim() === '' ? NaN : Number(cell))));
  const place = wanted === undefined ? 0 : Number(wanted);
  const [first = []] = lines;
  // One line with as many values as rows were asked for is one value a row.
  const oneLine = wanted === undefined && lines.length === 1 && first.length > 1;
  if (oneLine && first.length !== asked)
    return { problem: `the answer has ${first.length} values in a line; say which is the score` };
  if (!oneLine && wanted === undefined && first.length > 1)
    return { problem: `the answer has ${first.length} values in a line; say which is the score` };
  const scores = oneLine ? first : lines.map((cells) => cells[place] ?? NaN);
  return scores.every((score) => Number.isFinite(score))
    ? { scores, threshold: null }
    : { problem: 'the answer holds something else than numbers' };
}

/** The labels of one ground-truth record, as text, one a row of its request. */
export function groundTruthLabels({ groundTruthData: { data, encoding } }: GroundTruthRecord): string[] {
  if (typeof data !== 'string') return [String(data)];
  if (encoding === 'JSON') {
    try {
      const parsed: unknown = JSON.parse(data);
      const values = Array.isArray(parsed) ? parsed : [isObject(parsed) ? (parsed.label ?? parsed.labels) : parsed];
      return values.flat().map(String);
    } catch {
      return [data];
    }
  }
  return data
    .trim()
    .split(/\r?\n|,/)
    .map((label) => label.trim());
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
