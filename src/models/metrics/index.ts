/** Metrics: pure figures over labels and scores, without any dependency, so that pages can use them too. */
export { binaryEvaluation } from './binary-evaluation';
export { chooseThreshold, type ChosenThreshold, type ThresholdFigure, type ThresholdRule } from './choose-threshold';
export { confusionAt, fBeta, ratesOf } from './confusion';
export { prCurve, type PrPoint, rocCurve, type RocPoint, type SweepPoint, thresholdSweep } from './curves';
export type { BinaryEvaluation, Confusion, RegressionEvaluation } from './evaluation';
export { averagePrecision, rocAuc } from './ranking';
export { regressionEvaluation } from './regression-evaluation';
export { type ScoreGroups, scoreGroups } from './score-groups';
export { wilsonInterval } from './wilson';
