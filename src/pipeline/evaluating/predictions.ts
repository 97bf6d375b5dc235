import type { Bundle } from '../../models/bundle/bundle.js';
import type { Scored } from './evaluate.js';
import type { Part } from './parts.js';

export interface Predicted {
  part: Pick<Part, 'target' | 'classes' | 'recordIds'>;
  judged: Pick<Scored, 'scores' | 'several'>;
}

/**
 * The rows behind every number of a verdict: `record_id,prediction,probability,label` (no probability for a regression;
 * of several classes that of the predicted one, and one column a class after the label). The label is empty where there
 * is none yet, prediction and probability where the version has none.
 */
export function predictionsCsv({ part, judged }: Predicted, bundle: Bundle): string {
  const { several } = judged;
  const names = several?.classes ?? [];
  const scored = names.slice(0, several?.probabilities.length);
  const probability = bundle.task === 'regression' ? [] : ['probability'];
  const header = ['record_id', 'prediction', ...probability, 'label', ...scored.map((name) => `probability_${name}`)];
  const lines = [header.map(csvCell).join(',')];
  for (let row = 0; row < part.target.length; row += 1) {
    const score = judged.scores[row]!;
    const all = several?.probabilities.map((column) => (Number.isNaN(column[row]!) ? '' : String(column[row]))) ?? [];
    const predicted = Number.isNaN(score)
      ? ['', ...probability.map(() => '')]
      : predictedCells(bundle, score, names, all);
    lines.push([part.recordIds[row]!, ...predicted, labelText(part, row), ...all].map(csvCell).join(','));
  }
  return lines.join('\n') + '\n';
}

function predictedCells(bundle: Bundle, score: number, names: readonly string[], all: string[]): string[] {
  if (bundle.task === 'regression') return [String(score)];
  if (bundle.task === 'multiclass') return [names[score]!, all[score] ?? ''];
  return [score >= (bundle.threshold ?? 0.5) ? '1' : '0', String(score)];
}

/** A row's label as people write it; empty where there is none. */
export function labelText({ target, classes }: Pick<Part, 'target' | 'classes'>, row: number): string {
  const label = target[row]!;
  if (Number.isNaN(label)) return '';
  return classes === undefined ? String(label) : classes[label]!;
}

/** A text as a cell of a CSV file. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
