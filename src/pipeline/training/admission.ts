import type { Verdict } from '../../documents/verdict.js';
import { evaluateGates } from '../../gates/evaluate.js';
import type { ApprovalStatus } from '../../platform/ports.js';
import type { ProjectFile } from '../../project/schema.js';
import { parseRule } from '../../project/rule.js';
import { qualityFigures } from '../judging/figures.js';
import type { SplitFigures } from './evaluate.js';

/**
 * Judges a version by the project's own gates on rows it has not seen, before it has a baseline:
 * the hard gates on quality figures with an absolute limit.
 */
export function admissionVerdict(
  file: ProjectFile,
  figures: SplitFigures,
  now: Date,
): { verdict: Verdict; why: string } {
  const rules = file.monitor.gates.filter((gate) => {
    const { columns, limit } = parseRule(gate.rule);
    return gate.level === 'hard' && columns === null && limit.kind === 'absolute';
  });
  const quality = { figures: qualityFigures(file.model.task, figures), columns: {} };
  const window = { from: null, to: null };
  const { gates, verdict } = evaluateGates({ rules, figures: quality, baseline: null, window, waivers: [], now });
  return { verdict, why: gates.map(({ message }) => message).join('; ') || 'no hard gate with an absolute limit' };
}

/** Approved only when proven: a failing version is rejected, an inconclusive one waits for a person. */
export function statusOf(verdict: Verdict): ApprovalStatus {
  if (verdict === 'pass' || verdict === 'warn') return 'Approved';
  return verdict === 'fail' || verdict === 'error' ? 'Rejected' : 'PendingManualApproval';
}
