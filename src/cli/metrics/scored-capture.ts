import { InputError } from '../../common/errors.js';
import { delayInDays, type Joined } from '../../documents/label-join.js';
import type { Task } from '../../project/known-figures.js';
import { findProject, loadProject } from '../../project/load.js';
import type { Flags } from '../act.js';
import { dateFlag, startOfDay } from '../dates.js';
import { binaryLabels, checkBinary } from './labels.js';
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
  if (task === 'multiclass')
    throw new InputError('metrics --capture: found task multiclass, expected binary or regression');
  const joined = await readCapture(capture, groundTruth, {
    now,
    labelDelayDays: await delayOf(flags),
    ...(flags.since === undefined ? {} : { since: new Date(startOfDay(dateFlag('--since', flags.since as string))) }),
    ...(Array.isArray(flags.score) ? { score: String(flags.score[0]) } : {}),
  });
  const rows = joined.rows.filter(({ label }) => label !== null);
  const texts = rows.map(({ label }) => label);
  const labels = positive === undefined ? numbersOf(texts, rows) : binaryLabels(groundTruth, 'label', texts, positive);
  if (task === 'binary') checkBinary(groundTruth, 'label', labels);
  const scored: Scored = {
    task,
    labels,
    scores: [Float64Array.from(rows, ({ score }) => score)],
    slices: [],
    missing: joined.rows.length - rows.length,
  };
  return { scored, joined };
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
