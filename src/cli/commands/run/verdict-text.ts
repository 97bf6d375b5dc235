import type { MonitoringResults } from '../../../documents/monitoring.js';
import { figure, verdictWord } from '../../output.js';

/** The verdict with every gate, then the decision. */
export function verdictText(results: MonitoringResults): string[] {
  const width = Math.max(...results.gates.map(({ id }) => id.length));
  const gates = results.gates.map(
    (gate) => `  ${verdictWord(gate.status)}  ${gate.id.padEnd(width)}  ${gate.level.padEnd(8)}  ${gate.message}`,
  );
  const { action, reason } = results.decision;
  return [
    `verdict  ${verdictWord(results.verdict)} · ${results.modelVersion} on ${figure(results.n)} rows of ${results.evaluation_data}`,
    ...gates,
    ...(results.notes ?? []),
    `decision ${action}: ${reason}`,
  ];
}
