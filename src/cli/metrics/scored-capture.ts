import { InputError } from '../../common/errors.js';
import { delayInDays, type Joined } from '../../documents/capture/label-join.js';
import type { Task } from '../../project/rules/known-figures.js';
import { findProject, loadProject } from '../../project/load.js';
import type { Flags } from '../command-runner.js';
import { dateFlag, startOfDay } from '../../common/dates.js';
import { classesOf } from './classes.js';
import { binaryLabels, checkBinary, same } from './labels.js';
import { positiveScores } from './positive-scores.js';
import { readCapture } from './read-capture.js';
import type { Scored } from './scored.js';

/** Captured predictions that have a label, as a table of labels and scores, and how the two fitted together. */
export async function scoredCapture(
  capture: string,
  flags: Flags & { task?: Task; positive?: string },
  now: Date,
): Promise<{ scored: Scored; joined: Joined }> {
  const { groundTruth, task = 'binary', positive } = flags as { groundTruth?: string; task?: Task; positive?: string };
  if (groundTruth === undefined)
    throw new InputError('metrics --capture: found no --ground-truth, expected files of labels');
  const joined = await readCapture(capture, groundTruth, {
    now,
    labelDelayDays: await delayOf(flags),
    ...(flags.since === undefined ? {} : { since: new Date(startOfDay(dateFlag('--since', flags.since as string))) }),
    ...(Array.isArray(flags.score) ? { score: String(flags.score[0]) } : {}),
    classes: task === 'multiclass',
  });
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

/** `--label-delay`, else what the project here says. */
async function delayOf(flags: Flags): Promise<number | null> {
  const given = flags.labelDelay as string | undefined;
  if (given !== undefined) {
    const days = delayInDays(/^\d+(\.\d+)?$/.test(given) ? Number(given) : given);
    if (Number.isNaN(days)) throw new InputError(`--label-delay: found "${given}", expected days such as 30 or P30D`);
    return days;
  }
  const folder = (flags.project as string | undefined) ?? (await findProject(process.cwd()));
  if (folder === undefined) return null;
  const delay = (await loadProject(folder, { sql: 'if there' })).file.monitor.labelDelay;
  return delay === undefined ? null : delayInDays(delay);
}
