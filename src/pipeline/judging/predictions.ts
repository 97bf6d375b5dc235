import type { Bundle } from '../../models/bundle/bundle.js';
import type { Judged } from '../training/evaluate.js';
import type { Part } from '../training/parts.js';

/** The rows behind every number of a verdict: `record_id,prediction,probability,label` (no probability for a regression). */
export function predictionsCsv({ part, judged }: { part: Part; judged: Judged }, bundle: Bundle): string {
  const binary = bundle.task !== 'regression';
  const lines = [binary ? 'record_id,prediction,probability,label' : 'record_id,prediction,label'];
  for (let row = 0; row < part.target.length; row += 1) {
    const score = judged.scores[row]!;
    const predicted = binary ? `${score >= (bundle.threshold ?? 0.5) ? 1 : 0},${score}` : String(score);
    lines.push(`${quote(part.recordIds[row]!)},${predicted},${part.target[row]}`);
  }
  return lines.join('\n') + '\n';
}

function quote(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
