import { groundTruthLabels, type CaptureRecord, type GroundTruthRecord } from './capture-record.js';
import { type CapturedRow, capturedScores } from './captured-answer.js';

/** One prediction with its label, when it has one. */
export interface JoinedRow extends CapturedRow {
  id: string;
  /** When it was asked. */
  at: string | null;
  label: string | null;
}

/** How captured predictions and labels fit together. */
export interface LabelCoverage {
  predictions: number;
  labelled: number;
  /** Of the predictions; null without any. */
  coverage: number | null;
  /** Without a label, and none is due yet. */
  pending: number;
  /** Without a label, although it is due. Null where no delay is known. */
  overdue: number | null;
  /** When the last label of these predictions is due: until then figures are of a part. Null where no delay is known. */
  completeFrom: string | null;
  /** Several captures or labels of one id: the latest counts. */
  duplicateCaptures: number;
  duplicateLabels: number;
  labelsWithoutCapture: number;
  /** Records whose answer could not be read, with the first reason. */
  unreadable: { count: number; reason: string | null };
}

export interface JoinOptions {
  now: Date;
  /** From a prediction to its label, in days; null: not known. */
  labelDelayDays: number | null;
  /** Predictions before this moment are left aside. */
  since?: Date;
  /** Key or place of the score in an answer; see `capturedScores`. */
  score?: string;
  /** Whether an answer may name classes without a score. */
  classes?: boolean;
}

export interface Joined {
  rows: JoinedRow[];
  coverage: LabelCoverage;
  /** The threshold that the newest answer named. */
  threshold: number | null;
}

/**
 * Joins captured predictions with ground truth: by `inferenceId`, else by `eventId`. Records come in the order in which
 * they were written; of several with one id the latest counts. An answer of several rows takes a label for each.
 */
export function joinLabels(
  captures: readonly CaptureRecord[],
  truths: readonly GroundTruthRecord[],
  options: JoinOptions,
): Joined {
  const { since } = options;
  const all = latest(captures, idOf, timeOf);
  const wanted = [...all.values()].filter((record) => since === undefined || timeOf(record) >= since.getTime());
  const labels = new Map<string, string[][]>();
  for (const truth of truths) {
    const { eventId } = truth.eventMetadata;
    labels.set(eventId, [...(labels.get(eventId) ?? []), groundTruthLabels(truth)]);
  }
  // The last record counts, but where each row's label came in a record of its own.
  const truthsOf = (id: string, count: number) => {
    const records = labels.get(id) ?? [];
    const last = records.at(-1) ?? [];
    return last.length !== count && records.length === count ? records.flat() : last;
  };
  const rows: JoinedRow[] = [];
  const unreadable: LabelCoverage['unreadable'] = { count: 0, reason: null };
  let threshold: number | null = null;
  for (const record of wanted) {
    const found = capturedScores(record, options.score, options.classes);
    if ('problem' in found) {
      unreadable.count += 1;
      unreadable.reason ??= `${idOf(record)}: ${found.problem}`;
      continue;
    }
    threshold = found.threshold ?? threshold;
    rows.push(...rowsOf(record, found.rows, truthsOf(idOf(record), found.rows.length)));
  }
  const coverage = {
    ...coverageOf(rows, options),
    duplicateCaptures: captures.length - all.size,
    duplicateLabels: truths.length - labels.size,
    labelsWithoutCapture: [...labels.keys()].filter((id) => !all.has(id)).length,
    unreadable,
  };
  return { rows, coverage, threshold };
}

const idOf = ({ eventMetadata }: CaptureRecord) => eventMetadata.inferenceId ?? eventMetadata.eventId;

/** -Infinity where a record does not say when it was. */
function timeOf({ eventMetadata: { inferenceTime } }: CaptureRecord): number {
  const time = Date.parse(inferenceTime ?? '');
  return Number.isNaN(time) ? -Infinity : time;
}

/** The latest record of each id; of equally late ones the one that was written last. */
function latest<Record>(records: readonly Record[], id: (of: Record) => string, time: (of: Record) => number) {
  const found = new Map<string, Record>();
  for (const record of records) {
    const before = found.get(id(record));
    if (before === undefined || time(record) >= time(before)) found.set(id(record), record);
  }
  return found;
}

/** As many labels as rows, or none: which row a single one of several belongs to cannot be known. */
function rowsOf(record: CaptureRecord, answered: CapturedRow[], labels: string[]): JoinedRow[] {
  const fits = labels.length === answered.length;
  return answered.map((answer, row) => ({
    ...answer,
    id: idOf(record),
    at: record.eventMetadata.inferenceTime ?? null,
    label: fits && labels[row] !== '' ? labels[row]! : null,
  }));
}

const day = 86_400_000;

function coverageOf(rows: readonly JoinedRow[], { now, labelDelayDays }: JoinOptions) {
  const labelled = rows.filter(({ label }) => label !== null).length;
  const base = { predictions: rows.length, labelled, coverage: rows.length === 0 ? null : labelled / rows.length };
  if (labelDelayDays === null) return { ...base, pending: rows.length - labelled, overdue: null, completeFrom: null };
  const due = rows.map(({ at }) => Date.parse(at ?? '') + labelDelayDays * day);
  const known = due.filter((time) => !Number.isNaN(time));
  const last = known.reduce((most, time) => Math.max(most, time), -Infinity);
  const pending = rows.filter(({ label }, row) => label === null && due[row]! > now.getTime()).length;
  return {
    ...base,
    pending,
    overdue: rows.length - labelled - pending,
    completeFrom: known.length === 0 ? null : new Date(last).toISOString(),
  };
}

/** `P30D` or `P2W` or a number, in days. */
export function delayInDays(delay: string | number): number {
  if (typeof delay === 'number') return delay;
  const match = /^P(\d+)([DW])$/.exec(delay);
  return match === null ? NaN : Number(match[1]) * (match[2] === 'W' ? 7 : 1);
}
