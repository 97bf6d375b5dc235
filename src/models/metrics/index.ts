/** Metrics: pure figures over labels and scores, without any dependency, so that pages can use them too. */
export { binaryEvaluation } from './binary-evaluation.js';
export { chooseThreshold, type ChosenThreshold, type ThresholdFigure, type ThresholdRule } from './choose-threshold.js';
export { confusionAt, fBeta, ratesOf } from './confusion.js';
export { prCurve, type PrPoint, rocCurve, type RocPoint, type SweepPoint, thresholdSweep } from './curves.js';
export type { BinaryEvaluation, Confusion, RegressionEvaluation } from './evaluation.js';
export { averagePrecision, rocAuc } from './ranking.js';
export { regressionEvaluation } from './regression-evaluation.js';
export { type ScoreGroups, scoreGroups } from './score-groups.js';
export { wilsonInterval } from './wilson.js';
