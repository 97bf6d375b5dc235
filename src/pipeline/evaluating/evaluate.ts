import type { Curves, Evaluation } from '../../documents/evaluation.js';
import { binaryEvaluation } from '../../models/metrics/binary-evaluation.js';
import { curvesOf } from '../../models/metrics/curves.js';
import { regressionEvaluation } from '../../models/metrics/regression-evaluation.js';
import { ownLabels, type ClassScores } from '../../models/metrics/class-scores.js';
import { figuresByClass, multiclassEvaluation } from '../../models/metrics/multiclass-evaluation.js';
import type { Matrix } from '../../models/table/matrix.js';
import type { Task } from '../../models/task.js';
import { score } from '../../models/bundle/score.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { inClasses, type ClassScoresOfRows, type Labels } from './classes.js';
import { saidClasses } from './given.js';
import { filterPart, selectColumns, type Part } from './parts.js';

type SplitEvaluation = Evaluation['models'][number]['evaluations'][number];
export type SplitFigures = SplitEvaluation['figures'];

/** What a model says of rows. */
export interface Scored {
  /** The probability of class 1, the value, or of several classes the place of the predicted one. */
  scores: Float64Array;
  threshold: number | null;
  /** Of several classes: all probabilities. */
  several?: ClassScoresOfRows;
}

export interface Judged extends Scored {
  figures: SplitFigures;
  curves: Curves | undefined;
}

/** Scores a part with a bundle and computes every figure of its task. */
export function judge(bundle: Bundle, part: Part): Judged {
  return judgeScored(bundle.task, part, scoredBy(bundle, part.matrix));
}

/** Every figure of what a model said of a part. */
export function judgeScored(task: Task, part: Part, scored: Scored): Judged {
  const figures = { ...figuresOfRows(task, part, scored), n_missing: part.unlabelled };
  return { ...scored, figures, curves: curvesOfRows(task, part, scored) };
}

/** Of a split, and the rows that had a score where that may not be all. */
export type JudgedSplit = Judged & { part?: Part };

/** The same of the rows that have a score: others cannot be judged, and `part` is without them. */
export function judgeWithScores(task: Task, part: Part, scored: Scored): Judged & { part: Part } {
  const has = (row: number) => !Number.isNaN(scored.scores[row]!);
  if (scored.scores.every((_, row) => has(row))) return { ...judgeScored(task, part, scored), part };
  const judged = filterPart(part, has);
  const own = pickScored(scored, (values) => values.filter((_, row) => has(row)));
  return { ...judgeScored(task, judged, own), part: judged };
}

/** What a bundle says of rows that have its inputs, and maybe more columns. */
export function scoredBy(bundle: Bundle, matrix: Matrix): Scored {
  const { threshold } = bundle;
  const inputs = selectColumns(
    matrix,
    bundle.inputs.map(({ name }) => name),
  );
  if (bundle.task !== 'multiclass') return { scores: score(bundle, inputs), threshold };
  const { predicted, ...several } = saidClasses(bundle, inputs);
  return { scores: predicted, several, threshold };
}

/** What a model says of some of the rows: `pick` takes theirs from each column. */
export function pickScored(
  { scores, threshold, several }: Scored,
  pick: (values: Float64Array) => Float64Array,
): Scored {
  const picked = { scores: pick(scores), threshold };
  return several === undefined
    ? picked
    : { ...picked, several: { ...several, probabilities: several.probabilities.map(pick) } };
}

/** Every figure of a task on some rows; those of single classes by the names that rules give them. */
export function figuresOfRows(task: Task, part: Labels, scored: Scored): SplitFigures {
  const { scores, threshold } = scored;
  if (task === 'regression') return { ...regressionEvaluation(part.target, scores) };
  if (task === 'binary') return { ...binaryEvaluation(part.target, scores, threshold ?? 0.5) };
  const { per_class, ...figures } = multiclassEvaluation(classRows(part, scored));
  return { ...figures, ...figuresByClass({ per_class }) };
}

/**
 * Labels, predictions and probabilities of the same classes; those that the model does not know come last, and have no
 * probabilities.
 */
export function classRows(
  part: Labels,
  { several, scores: predicted }: Scored,
): ClassScores & { predicted: Float64Array } {
  const { classes, probabilities } = several!;
  const aligned = inClasses(part, classes);
  const known = probabilities.length === 0 ? {} : { probabilities };
  return { classes: aligned.classes, labels: aligned.target, predicted, ...known };
}

function curvesOfRows(task: Task, part: Labels, scored: Scored): Curves | undefined {
  if (task === 'regression') return undefined;
  return task === 'binary' ? drawnCurves(part.target, scored.scores) : classCurves(classRows(part, scored));
}

/** Of more classes than this a chart shows nothing: the most frequent ones are drawn. */
const mostCurves = 12;

/** Each class against the rest. */
function classCurves({ classes, labels, probabilities = [] }: ClassScores): Curves {
  const counts = classes.map((_, place) => ownLabels(labels, place).reduce((sum, own) => sum + own, 0));
  const drawn = probabilities
    .map((_, place) => place)
    .filter((place) => counts[place]! > 0 && counts[place]! < labels.length)
    .sort((left, right) => counts[right]! - counts[left]! || left - right)
    .slice(0, mostCurves)
    .sort((left, right) => left - right);
  return {
    classes: drawn.map((place) => {
      const { pr, roc } = drawnCurves(
        Float64Array.from(ownLabels(labels, place)),
        probabilities[place] as Float64Array,
      );
      return { class: classes[place]!, pr: pr!, roc: roc! };
    }),
  };
}

function drawnCurves(target: Float64Array, scores: Float64Array): Curves {
  const { pr, roc, sweep } = curvesOf(target, scores);
  return {
    pr: { recall: pr.map(({ recall }) => recall), precision: pr.map(({ precision }) => precision) },
    roc: { fpr: roc.map(({ fpr }) => fpr), tpr: roc.map(({ tpr }) => tpr) },
    sweep: {
      threshold: sweep.map(({ threshold }) => threshold),
      tp: sweep.map(({ tp }) => tp),
      fp: sweep.map(({ fp }) => fp),
      fn: sweep.map(({ fn }) => fn),
      tn: sweep.map(({ tn }) => tn),
    },
  };
}

/** A figure by its name; null when it was not computed. */
export function figureOf(figures: SplitFigures, name: string): number | null {
  const value = (figures as Record<string, unknown>)[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
