import { capturedScores } from './captured-answer.js';
import { inputsOf, type Cell } from './captured-inputs.js';
import { groundTruthLabels, type CaptureRecord, type GroundTruthRecord } from './capture-record.js';

export type TableRow = Record<string, Cell>;

/** The rows of one request share its id; each of several has its number behind it. */
const named = (id: string, row: number, rows: number): string => (rows === 1 ? id : `${id}#${row + 1}`);

/**
 * A captured exchange as rows of a table: what names and dates it, what was asked, and the answer as `score` and
 * `prediction` (a class), null where it says none. What cannot be read is null, so that no row is lost.
 */
export function captureRows(record: CaptureRecord): TableRow[] {
  const { eventId, inferenceId, inferenceTime } = record.eventMetadata;
  const id = inferenceId ?? eventId;
  const asked = inputsOf(record) ?? [];
  const found = capturedScores(record, undefined, true);
  const answers = 'problem' in found ? [] : found.rows;
  const rows = Math.max(answers.length, answers.length === 0 ? asked.length : 0);
  // As many inputs as answers, or nobody knows which belong together.
  const inputs = asked.length === rows ? asked : [];
  return Array.from({ length: rows }, (_, row) => {
    const answer = answers[row];
    const said =
      answer === undefined || (answer.by === null && Number.isFinite(answer.score)) ? null : answer.predicted;
    const own = { score: finite(answer?.score), prediction: said === '' ? null : said };
    const about = { record_id: named(id, row, rows), inference_id: id, inference_time: inferenceTime ?? null };
    return { ...about, ...unlike(inputs[row] ?? {}, { ...about, ...own, label: null }), ...own };
  });
}

/** The labels of one record of ground truth, as rows that are named as those of the request are. */
export function groundTruthRows(record: GroundTruthRecord): TableRow[] {
  const labels = groundTruthLabels(record);
  const { eventId } = record.eventMetadata;
  return labels.map((label, row) => ({
    record_id: named(eventId, row, labels.length),
    label: label === '' ? null : plainNumber(label),
  }));
}

const finite = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);

/** A text that is written as numbers are; `01` names something. */
const plainNumber = (text: string): Cell => (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text);

/** An input that is called as a column of ours is gets a `_` behind its name. */
function unlike(inputs: TableRow, own: TableRow): TableRow {
  const taken = new Set(Object.keys(own));
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [taken.has(name.toLowerCase()) ? `${name}_` : name, value]),
  );
}
