import type { Bundle } from '../../models/bundle/bundle.js';
import type { Judged } from './evaluate.js';
import type { Part } from './parts.js';

export interface Predicted {
  part: Pick<Part, 'target' | 'recordIds'>;
  judged: Pick<Judged, 'scores'>;
}

/**
 * The rows behind every number of a verdict: `record_id,prediction,probability,label` (no probability for a regression).
 * The label is empty where there is none yet, prediction and probability where the version has none.
 */
export function predictionsCsv({ part, judged }: Predicted, bundle: Bundle): string {
  const binary = bundle.task !== 'regression';
  const lines = [binary ? 'record_id,prediction,probability,label' : 'record_id,prediction,label'];
  for (let row = 0; row < part.target.length; row += 1) {
    const score = judged.scores[row]!;
    const known = binary ? `${score >= (bundle.threshold ?? 0.5) ? 1 : 0},${score}` : String(score);
    const predicted = Number.isNaN(score) ? known.replace(/[^,]+/g, '') : known;
    const label = Number.isNaN(part.target[row]!) ? '' : String(part.target[row]);
    lines.push(`${csvCell(part.recordIds[row]!)},${predicted},${label}`);
  }
  return lines.join('\n') + '\n';
}

/** A text as a cell of a CSV file. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
