import { evaluateScored } from '../../pipeline/scored/evaluate-scored.js';
import { readScored, type ScoredReading } from '../../pipeline/scored/read-scored.js';
import { type CapturedPlaces, scoredCapture } from '../../pipeline/scored/scored-capture.js';
import { readsFiles } from '../operation.js';

const usualThreshold = 0.5;

/** Figures of a table of labels and scores. @param threshold from which score on a row is predicted positive */
export const evaluateTable = readsFiles(
  'tables.evaluate',
  async ({ signal, progress }, { data, threshold = usualThreshold, ...reading }: ScoredReading & Evaluated) =>
    evaluateScored(await readScored(data, { ...reading, say: progress }, signal), threshold),
);

interface Evaluated {
  data: string;
  threshold?: number;
}

/** Figures of captured predictions and their labels; the threshold is, unless it is given, what the answers name. */
export const evaluateCapture = readsFiles(
  'tables.evaluate-capture',
  async (_at, { threshold, ...places }: CapturedPlaces & { threshold?: number }) => {
    const { scored, joined } = await scoredCapture(places, new Date());
    const document = evaluateScored(scored, threshold ?? joined.threshold ?? usualThreshold);
    return { ...document, labels: joined.coverage };
  },
);
