import { figureText } from '../../gates/figure-text.js';
import { evaluateGates } from '../../gates/evaluate.js';
import type { FigureSet } from '../../gates/figures.js';
import type { Verdict } from '../../documents/gates/verdict.js';
import type { ApprovalStatus } from '../../platform/ports/registry.js';
import type { ProjectFile } from '../../project/schema.js';
import { labelOf } from '../../project/rules/known-figures.js';
import { parseRule } from '../../project/rules/rule.js';
import { qualityFigures } from '../evaluating/figures.js';
import { judgeSlices, sliceFigures, type SliceEdges } from '../evaluating/slices.js';
import { oneClassOnly } from '../evaluating/one-class.js';
import { figureOf, type Scored, type SplitFigures } from '../evaluating/evaluate.js';
import type { Part } from '../evaluating/parts.js';

/** A model's scores and figures on some rows, and what it takes to judge slices of them. */
export interface OnRows extends Scored {
  part: Part;
  figures: SplitFigures;
  edges: SliceEdges;
}

/**
 * Judges a version by the project's own gates on rows it has not seen, before it has a baseline: the hard gates on
 * quality figures with an absolute limit, and, where the model in production was judged on the same rows (`current`),
 * those that say `current`. A candidate must reach its limits itself: where chance may explain a miss, a model that serves
 * keeps its place, but nothing is proven of a new one.
 */
export function admissionVerdict(
  file: ProjectFile,
  candidate: OnRows,
  now: Date,
  current?: OnRows,
): { verdict: Verdict; why: string; doubts: string[] } {
  const rules = file.monitor.gates.filter((gate) => {
    const { columns, limit, estimated } = parseRule(gate.rule);
    const judgeable = limit.kind === 'absolute' || (limit.to === 'current' && current !== undefined);
    return gate.level === 'hard' && columns === null && !estimated && judgeable;
  });
  const figures = figuresOn(file, candidate);
  const { gates, verdict } = evaluateGates({
    rules: rules.map((rule) => ({ ...rule, confidence: undefined })),
    figures,
    baseline: null,
    current: current === undefined ? null : valuesOf(figuresOn(file, { ...current, edges: candidate.edges })),
    window: { from: null, to: null },
    waivers: [],
    now,
  });
  const doubts = doubtsAbout(candidate, current);
  const why = [...doubts, ...gates.map(({ message }) => message)].join('; ') || nothingToGoBy;
  const passes = verdict === 'pass' || verdict === 'warn';
  return { verdict: passes && doubts.length > 0 ? 'inconclusive' : verdict, why, doubts };
}

/** Fewer rows than this prove nothing, whatever the gates ask for. */
const fewestRows = 30;
/** From here on a figure is too good: more often than not a column holds the answer. */
const tooGood = 0.999;

/**
 * Why gates that hold are no proof. Where the model that serves is as good on the same rows, a person has looked at that
 * already.
 */
function doubtsAbout({ figures }: OnRows, current: OnRows | undefined): string[] {
  const perfect = (of: SplitFigures, name: string) => (figureOf(of, name) ?? 0) >= tooGood;
  const known = (name: string) => current !== undefined && perfect(current.figures, name);
  // Of several classes: every one of them told apart. Of two the accuracy alone may be that of a rare one.
  const leaks = ['roc_auc', 'r2', 'macro_recall'].filter((name) => perfect(figures, name) && !known(name));
  return [
    ...(figures.n < fewestRows ? [`only ${figures.n} rows to judge by, at least ${fewestRows} are needed`] : []),
    // Of two classes a rare one may well be below the threshold in a sample: gates on recall say so.
    ...(Array.isArray(figures.confusion) ? oneClassOnly(figures) : []),
    ...leaks.map(
      (name) =>
        `${labelOf(name)} is ${figureText(figureOf(figures, name)!)}, too good to be true: look for a column that holds the answer, ` +
        'or is known only after it; if there is none: mlops model approve',
    ),
  ];
}

const nothingToGoBy =
  'no hard gate has a limit of its own, such as "recall >= 0.7", so nothing says what is good enough; ' +
  'add one to mlops.json, or approve it yourself: mlops model approve';

function figuresOn(file: ProjectFile, { figures, edges, ...rows }: OnRows): FigureSet {
  const { slices } = judgeSlices(file, rows, edges);
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
