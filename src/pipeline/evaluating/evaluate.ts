import type { Curves, Evaluation } from '../../documents/evaluation.js';
import { binaryEvaluation } from '../../models/metrics/binary-evaluation.js';
import { curvesOf } from '../../models/metrics/curves.js';
import { regressionEvaluation } from '../../models/metrics/regression-evaluation.js';
import { score } from '../../models/bundle/score.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { selectColumns, type Part } from './parts.js';

type SplitEvaluation = Evaluation['models'][number]['evaluations'][number];
export type SplitFigures = SplitEvaluation['figures'];

export interface Judged {
  scores: Float64Array;
  figures: SplitFigures;
  curves: Curves | undefined;
}

/** Scores a part with a bundle and computes every figure of its task. */
export function judge(bundle: Bundle, part: Part): Judged {
  const inputs = bundle.inputs.map(({ name }) => name);
  return judgeOutputs(bundle, part, [score(bundle, selectColumns(part.matrix, inputs))]);
}

/** Every figure of what a model said of a part, one array an output. */
export function judgeOutputs(bundle: Bundle, part: Part, [scores = new Float64Array(0)]: Float64Array[]): Judged {
  const n_missing = part.unlabelled;
  if (bundle.task === 'regression') {
    return { scores, figures: { ...regressionEvaluation(part.target, scores), n_missing }, curves: undefined };
  }
  const figures = { ...binaryEvaluation(part.target, scores, bundle.threshold ?? 0.5), n_missing };
  return { scores, figures, curves: drawnCurves(part.target, scores) };
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
