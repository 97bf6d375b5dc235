import { InputError } from '../../common/errors.js';
import type { Joined } from '../../documents/capture/label-join.js';
import type { Task } from '../../project/rules/known-figures.js';
import { classesOf } from './classes.js';
import { binaryLabels, checkBinary, same } from './labels.js';
import { positiveScores } from './positive-scores.js';
import { readCapture } from './read-capture.js';
import type { Scored } from './scored.js';

/** Where captured predictions and their labels lie, and how they are read. */
export interface CapturedPlaces {
  /** Files, a folder of them or a pattern. */
  capture: string;
  groundTruth: string;
  /** From a prediction to its label; null where nobody says. */
  labelDelayDays: number | null;
  since?: Date;
  /** The field of the answers that is the score. */
  score?: string;
  task?: Task;
  positive?: string;
}

/** Captured predictions that have a label, as a table of labels and scores, and how the two fitted together. */
export async function scoredCapture(
  { capture, groundTruth, task = 'binary', positive, ...options }: CapturedPlaces,
  now: Date,
): Promise<{ scored: Scored; joined: Joined }> {
  const joined = await readCapture(capture, groundTruth, { now, ...options, classes: task === 'multiclass' });
  const rows = joined.rows.filter(({ label }) => label !== null);
  if (rows.length === 0) throw nothingJoined(capture, groundTruth, joined);
  const texts = rows.map(({ label }) => label!);
  const figures =
    task === 'multiclass' ? classesIn(groundTruth, rows, texts) : scoresIn(groundTruth, rows, texts, task, positive);
  return { scored: { task, ...figures, slices: [], missing: joined.rows.length - rows.length }, joined };
}

type Figures = Pick<Scored, 'labels' | 'scores' | 'classes'>;

function classesIn(groundTruth: string, rows: Joined['rows'], labels: string[]): Figures {
  const predicted = rows.map(({ predicted, score }) => predicted ?? String(score));
  return classesOf(groundTruth, { pattern: [], scoreNames: [], labels, predicted });
}

function scoresIn(
  groundTruth: string,
  rows: Joined['rows'],
  texts: string[],
  task: Task,
  positive: string | undefined,
): Figures {
  if (task === 'regression')
    return { labels: numbersOf(texts, rows), scores: [Float64Array.from(rows, ({ score }) => score)] };
  // Answers may name the positive class where labels are 0 and 1.
  const coded = positive === undefined || (!texts.some((text) => same(text, positive)) && texts.every(isCode));
  const labels = coded ? numbersOf(texts, rows) : binaryLabels(groundTruth, 'label', texts, positive);
  checkBinary(groundTruth, 'label', labels);
  return { labels, scores: [positiveScores(rows, [...new Set(texts)], positive ?? '1')] };
}

const isCode = (text: string): boolean => same(text, '0') || same(text, '1');

/** Figures over nothing are none: says what was there instead. */
function nothingJoined(capture: string, groundTruth: string, { coverage }: Joined): InputError {
  const { predictions, unreadable, labelsWithoutCapture } = coverage;
  const why = [
    `${predictions} predictions`,
    ...(unreadable.count > 0 ? [`${unreadable.count} unreadable answers (${unreadable.reason})`] : []),
    ...(labelsWithoutCapture > 0 ? [`${labelsWithoutCapture} labels of no captured answer`] : []),
  ];
  return new InputError(
    `${capture}: found ${why.join(', ')}; none has a label in ${groundTruth}, expected labels by inferenceId or eventId, as many as the answer has rows`,
  );
}

function numbersOf(texts: readonly (string | null)[], rows: Joined['rows']): Float64Array {
  const words: Record<string, number> = { true: 1, false: 0 };
  return Float64Array.from(texts, (text, row) => {
    const value = words[text!.toLowerCase()] ?? Number(text);
    if (!Number.isNaN(value)) return value;
    throw new InputError(
      `label of ${rows[row]!.id}: found "${text!}", expected a number; say which is positive: --positive VALUE`,
    );
  });
}
