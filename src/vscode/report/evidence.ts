import type { GateResult } from '../../documents/verdict.js';

/**
 * The rows of `predictions.csv` that speak against a gate's figure: missed positives for recall, false alarms for
 * precision and the false positive rate, both for everything else. The header stays on top.
 */
export function evidenceRows(csv: string, gate: Pick<GateResult, 'metric'>): string {
  const [header = '', ...lines] = csv.split('\n');
  const columns = header.split(',');
  // The record id comes first and may hold commas in quotes, so the others are counted from the end.
  const fromEnd = (name: string) => columns.length - columns.indexOf(name);
  const [prediction, label] = [fromEnd('prediction'), fromEnd('label')];
  const speaksAgainst = against(gate.metric);
  const rows = lines.filter((line) => {
    const cells = line.split(',');
    return line !== '' && speaksAgainst(cells.at(-prediction) === '1', cells.at(-label) === '1');
  });
  return [header, ...rows, ''].join('\n');
}

function against(metric: string): (flagged: boolean, positive: boolean) => boolean {
  const [figure] = metric.split(/[([]/);
  if (figure === 'recall' || figure === 'fnr' || figure === 'false_negatives')
    return (flagged, positive) => positive && !flagged;
  if (figure === 'precision' || figure === 'fpr' || figure === 'specificity' || figure === 'false_positives') {
    return (flagged, positive) => flagged && !positive;
  }
  return (flagged, positive) => flagged !== positive;
}
