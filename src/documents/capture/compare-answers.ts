import type { CaptureRecord } from './capture-record.js';
import { capturedScores, type CapturedRow } from './captured-answer.js';
import { jsonValues, sideText } from './captured-text.js';

/** What of an answer is compared. */
export interface ComparedAnswer {
  data: string;
  encoding: 'CSV' | 'JSON' | 'BASE64';
  observedContentType?: string;
}

/** How two answers to one request stand to each other. */
export interface AnswerDifference {
  rows: number;
  /** Rows with another class or, of a regression, another value. */
  different: number;
  /** The largest distance of two scores; null where none can be read. */
  largest: number | null;
  /** The first row that differs. */
  first?: { row: number; before: string; after: string };
}

/** Values that differ by less are the same, sums having been added in another order. */
const tolerance = 1e-9;

/** Answers that cannot be read row by row are the same if their bytes are. */
export function compareAnswers(before: ComparedAnswer, after: ComparedAnswer): AnswerDifference {
  const [left, right] = [rowsOf(before), rowsOf(after)];
  if (left === undefined || left.length !== right?.length) {
    const different = before.data === after.data ? 0 : 1;
    const first = { row: 1, before: short(before.data), after: short(after.data) };
    return { rows: left?.length ?? 1, different, largest: null, ...(different > 0 && { first }) };
  }
  const difference: AnswerDifference = { rows: left.length, different: 0, largest: null };
  left.forEach((one, at) => {
    const other = right[at]!;
    const distance = Math.abs(one.score - other.score);
    if (Number.isFinite(distance)) difference.largest = Math.max(difference.largest ?? 0, distance);
    if (isSame(one, other)) return;
    difference.different += 1;
    difference.first ??= { row: at + 1, before: said(one), after: said(other) };
  });
  return difference;
}

type Row = Pick<CapturedRow, 'score'> & { predicted: string | null };

function rowsOf(answer: ComparedAnswer): Row[] | undefined {
  const record: CaptureRecord = { captureData: { endpointOutput: { ...answer } }, eventMetadata: { eventId: '' } };
  const found = capturedScores(record, undefined, true);
  if ('problem' in found) return undefined;
  const { rows, threshold } = found;
  const classes = classesOf(answer);
  return rows.map(({ score, predicted }, at) => ({
    score,
    predicted: threshold === null ? (classes?.[at] ?? predicted) : String(Number(score >= threshold)),
  }));
}

/** Of lines of JSON that say a class and its probability, where the threshold is not told. */
function classesOf(answer: ComparedAnswer): (string | undefined)[] | undefined {
  if (answer.encoding === 'CSV') return undefined;
  return jsonValues(sideText(answer))?.map((line) => {
    const { prediction, probability } = (line ?? {}) as { prediction?: unknown; probability?: unknown };
    return typeof probability === 'number' && typeof prediction === 'number' ? String(prediction) : undefined;
  });
}

function isSame(left: Row, right: Row): boolean {
  if (left.predicted !== null && right.predicted !== null) return left.predicted === right.predicted;
  return Math.abs(left.score - right.score) <= tolerance * Math.max(1, Math.abs(left.score));
}

const said = ({ score, predicted }: Row): string =>
  predicted === null ? String(score) : Number.isFinite(score) ? `${predicted} (${score})` : predicted;

const short = (text: string): string => (text.length <= 100 ? text : `${text.slice(0, 99)}…`);
