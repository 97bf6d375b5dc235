import { evaluateGates } from '../../gates/evaluate.js';
import type { FigureSet } from '../../gates/figures.js';
import type { Verdict } from '../../documents/verdict.js';
import type { ApprovalStatus } from '../../platform/ports.js';
import type { ProjectFile } from '../../project/schema.js';
import { parseRule } from '../../project/rule.js';
import { qualityFigures } from '../judging/figures.js';
import { judgeSlices, sliceFigures, type SliceEdges } from '../judging/slices.js';
import type { SplitFigures } from './evaluate.js';
import type { Part } from './parts.js';

/** A model's scores and figures on some rows, and what it takes to judge slices of them. */
export interface OnRows {
  part: Part;
  scores: Float64Array;
  figures: SplitFigures;
  threshold: number | null;
  edges: SliceEdges;
}

/**
 * Judges a version by the project's own gates on rows it has not seen, before it has a baseline: the hard gates on
 * quality figures with an absolute limit, and, where the model in production was judged on the same rows (`current`),
 * those that say `current`.
 */
export function admissionVerdict(
  file: ProjectFile,
  candidate: OnRows,
  now: Date,
  current?: OnRows,
): { verdict: Verdict; why: string } {
  const rules = file.monitor.gates.filter((gate) => {
    const { columns, limit } = parseRule(gate.rule);
    const judgeable = limit.kind === 'absolute' || (limit.to === 'current' && current !== undefined);
    return gate.level === 'hard' && columns === null && judgeable;
  });
  const figures = figuresOn(file, candidate);
  const { gates, verdict } = evaluateGates({
    rules,
    figures,
    baseline: null,
    current: current === undefined ? null : valuesOf(figuresOn(file, { ...current, edges: candidate.edges })),
    window: { from: null, to: null },
    waivers: [],
    now,
  });
  return { verdict, why: gates.map(({ message }) => message).join('; ') || nothingToGoBy };
}

const nothingToGoBy =
  'no hard gate has a limit of its own, such as "recall >= 0.7", so nothing says what is good enough; ' +
  'add one to mlops.json, or approve it yourself: mlops model approve';

function figuresOn(file: ProjectFile, { part, scores, figures, threshold, edges }: OnRows): FigureSet {
  const { slices } = judgeSlices(file, { part, scores, threshold }, edges);
  const { task } = file.model;
  return { figures: { ...qualityFigures(task, figures), ...sliceFigures(task, slices) }, columns: {} };
}

function valuesOf({ figures }: FigureSet): Record<string, number | null> {
  return Object.fromEntries(Object.entries(figures).map(([key, { value }]) => [key, value]));
}

/** Approved only when proven: a failing version is rejected, an inconclusive one waits for a person. */
export function statusOf(verdict: Verdict): ApprovalStatus {
  if (verdict === 'pass' || verdict === 'warn') return 'Approved';
  return verdict === 'fail' || verdict === 'error' ? 'Rejected' : 'PendingManualApproval';
}
