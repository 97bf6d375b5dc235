import type { MonitoringResults } from '../../../documents/monitoring.js';
import { figure, verdictWord } from '../../output.js';

/** Rows without a label are looked at too, where none has one. */
function rowsOf({ n, unlabelled, evaluation_data: data }: MonitoringResults): string {
  const rows = (count: number) => `${figure(count)} ${count === 1 ? 'row' : 'rows'} of ${data}`;
  return n === 0 && unlabelled ? `${rows(unlabelled)}, none with a label` : rows(n);
}

/** The verdict with every gate, then the decision. */
export function verdictText(results: MonitoringResults): string[] {
  const width = Math.max(...results.gates.map(({ id }) => id.length));
  const gates = results.gates.map(
    (gate) => `  ${verdictWord(gate.status)}  ${gate.id.padEnd(width)}  ${gate.level.padEnd(8)}  ${gate.message}`,
  );
  const { action, reason } = results.decision;
  return [
    `verdict  ${verdictWord(results.verdict)} · ${results.modelVersion} on ${rowsOf(results)}`,
    ...gates,
    ...(results.notes ?? []),
    `decision ${action}: ${reason}`,
  ];
}
