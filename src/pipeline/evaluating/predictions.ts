import type { Bundle } from '../../models/bundle/bundle.js';
import type { Scored } from './evaluate.js';
import type { Part } from './parts.js';

export interface Predicted {
  part: Pick<Part, 'target' | 'classes' | 'recordIds'>;
  judged: Pick<Scored, 'scores' | 'several'>;
}

/**
 * The rows behind every number of a verdict: `record_id,prediction,probability,label` (no probability for a regression;
 * of several classes that of the predicted one, and one column a class after the label). The label is empty where there is none yet.
 */
export function predictionsCsv({ part, judged }: Predicted, bundle: Bundle): string {
  const { several } = judged;
  const names = several?.classes ?? [];
  const probability = bundle.task === 'regression' ? [] : ['probability'];
  const header = ['record_id', 'prediction', ...probability, 'label', ...names.map((name) => `probability_${name}`)];
  const lines = [header.map(csvText).join(',')];
  for (let row = 0; row < part.target.length; row += 1) {
    const score = judged.scores[row]!;
    const all = several?.probabilities.map((column) => String(column[row])) ?? [];
    const predicted =
      bundle.task === 'regression'
        ? [String(score)]
        : several === undefined
          ? [score >= (bundle.threshold ?? 0.5) ? '1' : '0', String(score)]
          : [names[score]!, all[score]!];
    lines.push([part.recordIds[row]!, ...predicted, labelText(part, row), ...all].map(csvText).join(','));
  }
  return lines.join('\n') + '\n';
}

/** A row's label as people write it; empty where there is none. */
export function labelText({ target, classes }: Pick<Part, 'target' | 'classes'>, row: number): string {
  const label = target[row]!;
  if (Number.isNaN(label)) return '';
  return classes === undefined ? String(label) : classes[label]!;
}

export function csvText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
