import { captureRecordSchema } from '../../documents/capture/capture-record.js';
import { capturedScores, type CapturedRow } from '../../documents/capture/captured-answer.js';
import { keys } from '../../documents/keys.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { ObjectReader } from '../../platform/ports/objects.js';
import { collect } from '../../platform/ports/pages.js';

export type Scores = CapturedRow[];

/** So many say how the scores of a version lie. */
const most = 1000;
const hourMs = 3600_000;
/** Of a day at most: what is older says little of now. */
const hours = 24;

/** The newest captured scores of a variant in a span of time. What cannot be read as a score is left out. */
export async function scoresOf(
  objects: ObjectReader,
  { endpoint, variant, from, to }: { endpoint: string; variant: string; from: Date; to: Date },
  options: CallOptions,
): Promise<Scores> {
  const scores: Scores = [];
  const first = Math.max(from.getTime(), to.getTime() - hours * hourMs);
  for (let at = to.getTime(); hourOf(at) >= hourOf(first) && scores.length < most; at -= hourMs) {
    const prefix = `${keys.capture(endpoint)}${variant}/${hourOf(at)}/`;
    const files = await collect((page) => objects.list(prefix, { ...page, ...options }));
    for (const { key } of files.reverse()) {
      if (scores.length >= most) break;
      const bytes = await objects.read(key, options);
      if (bytes !== undefined) scores.push(...scoresIn(Buffer.from(bytes).toString('utf8'), from).slice(0, most));
    }
  }
  return scores;
}

function scoresIn(text: string, from: Date): Scores {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    const read = captureRecordSchema.safeParse(jsonOf(line));
    if (!read.success || Date.parse(read.data.eventMetadata.inferenceTime ?? '') < from.getTime()) return [];
    const found = capturedScores(read.data, undefined, true);
    return 'rows' in found ? found.rows : [];
  });
}

/** The hour of a moment, as the folders of capture are named (UTC). */
const hourOf = (at: number): string => new Date(at).toISOString().slice(0, 13).replace(/[-T]/g, '/');

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
