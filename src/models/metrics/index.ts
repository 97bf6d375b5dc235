/** Metrics: pure figures over labels and scores, without any dependency, so that pages can use them too. */
export { binaryEvaluation } from './binary-evaluation.js';
export { type Bootstrap, binaryIntervals, type Interval, regressionIntervals } from './bootstrap.js';
export { equalCountCalibration, equalWidthCalibration, type BinnedCalibration } from './calibration.js';
export { chooseThreshold, type ChosenThreshold, type ThresholdFigure, type ThresholdRule } from './choose-threshold.js';
export { agreementOf, confusionAt, fBeta, ratesOf } from './confusion.js';
export { prCurve, type PrPoint, rocCurve, type RocPoint, type SweepPoint, thresholdSweep } from './curves.js';
export type { BinaryEvaluation, Confusion, RegressionEvaluation } from './evaluation.js';
export { multiclassEvaluation, type MulticlassEvaluation, type MulticlassRows } from './multiclass-evaluation.js';
export { averagePrecision, ksStatistic, rocAuc } from './ranking.js';
export { regressionEvaluation } from './regression-evaluation.js';
export { type ScoreGroups, scoreGroups } from './score-groups.js';
export { rateIntervals, wilsonInterval } from './wilson.js';
