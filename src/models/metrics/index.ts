/** Metrics: pure figures over labels and scores, without any dependency, so that pages can use them too. */
export { binaryEvaluation, type BinaryEvaluation } from './binary-evaluation.js';
export { fBeta, figuresOfConfusion } from './binary-figures.js';
export { type Bootstrap, binaryIntervals, type Interval, regressionIntervals } from './bootstrap.js';
export { equalCountCalibration, equalWidthCalibration, type BinnedCalibration } from './calibration.js';
export { chooseThreshold, type ChosenThreshold, type ThresholdFigure, type ThresholdRule } from './choose-threshold.js';
export { confusionAt, type Confusion } from './confusion.js';
export { prCurve, type PrPoint, rocCurve, type RocPoint, type SweepPoint, thresholdSweep } from './curves.js';
export { multiclassEvaluation, type MulticlassEvaluation, type MulticlassRows } from './multiclass-evaluation.js';
export { averagePrecision, ksStatistic, rocAuc } from './ranking.js';
export { regressionEvaluation, type RegressionEvaluation } from './regression-evaluation.js';
export { type ScoreGroups, scoreGroups } from './score-groups.js';
export { rateIntervals, wilsonInterval } from './wilson.js';
