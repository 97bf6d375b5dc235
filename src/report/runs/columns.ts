import { metricTitle, parseMetric } from '../format/figure-names.js';
import { capital } from '../format/words.js';
import type { RunLine } from './run-line.js';

/** A column that the table can show. */
export interface RunColumn {
  id: string;
  title: string;
  number: boolean;
  /** Shown until a person chooses otherwise. */
  first: boolean;
}

const before: RunColumn[] = [
  { id: 'at', title: 'Time', number: false, first: true },
  { id: 'outcome', title: 'Verdict', number: false, first: true },
  { id: 'decision', title: 'Decision', number: false, first: true },
  { id: 'version', title: 'Model', number: false, first: true },
];
const after: RunColumn[] = [
  { id: 'seconds', title: 'Duration', number: true, first: true },
  { id: 'who', title: 'Who', number: false, first: true },
  { id: 'commit', title: 'Commit', number: false, first: true },
  { id: 'stages', title: 'Stages', number: false, first: false },
  { id: 'id', title: 'Run', number: false, first: false },
];

const figurePrefix = 'figure ';

/** The figure that a column shows; undefined for one of ours. */
export function figureOfColumn(id: string): string | undefined {
  return id.startsWith(figurePrefix) ? id.slice(figurePrefix.length) : undefined;
}

/** `roc_auc` is called "ROC AUC" wherever it stands. */
export function figureTitle(figure: string): string {
  return metricTitle(parseMetric(figure));
}

/** How many figures are shown before a person chooses. */
const firstFigures = 3;

/**
 * The columns of these runs: ours, and each figure that any of them recorded, those that gates watch first.
 * @param watched the figures that gates judge, the hard ones first
 */
export function columnsOf(lines: readonly RunLine[], watched: readonly string[]): RunColumn[] {
  const known = new Set(lines.flatMap(({ figures }) => Object.keys(figures)));
  const judged = [...new Set(watched)].filter((figure) => known.has(figure));
  const others = [...known].filter((figure) => !judged.includes(figure));
  const key = judged.length > 0 ? judged : others.filter((figure) => figure !== 'n' && figure !== 'unlabelled');
  const first = new Set(key.slice(0, firstFigures));
  const figures = [...judged, ...others].map((figure) => ({
    id: `${figurePrefix}${figure}`,
    title: figure === 'n' ? 'Rows' : capital(figureTitle(figure)),
    number: true,
    first: first.has(figure),
  }));
  return [...before, ...figures, ...after];
}
