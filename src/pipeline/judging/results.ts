import { isNotCompared, type MonitoringResults } from '../../documents/monitoring.js';
import type { Override, Overrides } from '../../documents/ledger.js';
import { decide } from '../../gates/decide.js';
import { productionRules } from '../../gates/production-rules.js';
import { toTemplateKeys } from '../../gates/template-keys.js';
import { equalWidthCalibration } from '../../models/metrics/calibration.js';
import { onlyPrediction } from '../evaluating/one-class.js';
import { figureOf, type SplitFigures } from '../evaluating/evaluate.js';
import { drawnIntervals } from '../evaluating/intervals.js';
import type { ReadVersion } from '../evaluating/read-version.js';
import type { StageContext } from '../stage.js';
import { classesOf, figureNames, storedCounts } from '../evaluating/figures.js';
import { classNotes } from './class-notes.js';
import { judgeAgain } from './judge-again.js';
import type { Judgement } from './judge-rows.js';
import { labelsDue } from './labels-due.js';
import { judgeSlices, type SliceEdges } from '../evaluating/slices.js';
import { worstSliceOf } from './worst-slice.js';

/** The document of one monitor run: figures, every gate, the verdict, and the decision of the moment. */
export function resultsOf(input: {
  context: StageContext;
  version: ReadVersion;
  judged: Judgement;
  overrides: Override[];
  waivers: Overrides['waivers'];
  /** Retraining happens once a version and data. */
  alreadyRetrained: boolean;
}): MonitoringResults {
  const { context, version, judged, overrides, waivers, alreadyRetrained } = input;
  const { file } = context.project;
  const { task } = file.model;
  const { now } = context;
  const stored = storedFigures(context, version, judged);
  const { gates, verdict, soft } = judgeAgain(file, stored, waivers, now);
  const { reasons, ...decision } = decide({ verdict, gates, soft, overrides, now, alreadyRetrained });
  const test = version.evaluation?.models
    .find(({ name }) => name === version.evaluation?.chosen)
    ?.evaluations.find(({ split }) => split === 'test');
  return {
    kind: 'monitoring-results',
    schemaVersion: 1,
    run_timestamp: now.toISOString(),
    evaluation_data: judged.group,
    decision_threshold: version.bundle.threshold,
    target_recall: version.constraints?.target_recall ?? null,
    ...toTemplateKeys(gates, { ...decision, reasons }),
    ...stored,
    predictsOnly: onlyPrediction(judged.judged.figures),
    runId: context.runId,
    project: file.name,
    environment: context.environment.name,
    target: file.model.target,
    modelVersion: version.version,
    modelName: version.evaluation?.chosen ?? version.bundle.family,
    baselineId: version.constraints === undefined ? null : `${version.version} / test`,
    n_missing: judged.unlabelled,
    testRows: judged.testRows.count,
    notes: [
      ...(judged.driftReference === undefined ? [] : [judged.driftReference.text]),
      ...testRowsNotes(judged.testRows),
      ...unscoredNotes(judged, version),
      ...classNotes(judged.judged),
      ...notComparedNotes(judged),
    ],
    ...(judged.driftReference && { driftReference: judged.driftReference }),
    labelsDue: labelsDue(file, judged.part.window.to, judged.unlabelled),
    promotionGates: productionRules(file.monitor.gates).promotionGates,
    verdict,
    decision,
    alreadyRetrained,
    gates,
    soft: soft === null ? null : { ...soft },
    curves: judged.judged.curves ?? null,
    baselineCurves: test?.curves ?? null,
    calibration: task === 'binary' ? calibrationOf(judged) : null,
  };
}

/** Everything that gates are judged on. */
function storedFigures(context: StageContext, version: ReadVersion, judged: Judgement) {
  const { file } = context.project;
  const { task } = file.model;
  const { figures } = judged.judged;
  const { part } = judged;
  const drawn = drawnIntervals(task, part, judged.judged);
  const { confusion, ...counts } = storedCounts(figures);
  const edges = (version.constraints?.slice_edges ?? {}) as SliceEdges;
  const { slices, reasons } = judgeSlices(file, { part, ...judged.judged }, edges);
  return {
    task,
    metrics: Object.fromEntries(figureNames(task, classesOf(figures)).map((name) => [name, figureOf(figures, name)])),
    ...counts,
    confusion_matrix: confusion ?? null,
    n: figures.n,
    positives: 'positives' in figures ? (figures.positives as number) : null,
    columns: judged.columns,
    baselineMetrics: version.constraints?.baseline_metrics ?? {},
    baselineIntervals: version.constraints?.baseline_intervals ?? {},
    window: part.window,
    intervals: drawn.intervals,
    unlabelled: judged.unlabelled,
    ...(judged.estimates === undefined ? {} : { estimated: judged.estimates }),
    ...(slices.length === 0 ? {} : { slices, ...worstSliceOf(file, slices) }),
    reasons: {
      ...noRows(figures, judged, labelsDue(file, part.window.to, judged.unlabelled)),
      ...(drawn.reason === null ? {} : { intervals: drawn.reason }),
      ...reasons,
    },
  };
}

/** Where no row has a label yet, or none has a score, that is why there is no figure, rather than "no rows". */
function noRows(
  { n, reasons }: SplitFigures,
  { unlabelled, testRows: { of } }: Judgement,
  due: string | null,
): Record<string, string> {
  if (n > 0 || of === 0) return reasons;
  const until = due === null ? '' : `; the last is due ${due.slice(0, 10)}`;
  const lack = unlabelled === of ? `a label yet${until}` : unlabelled === 0 ? 'a score' : 'both a label and a score';
  const reason = `none of ${of} rows has ${lack}`;
  return Object.fromEntries(Object.keys(reasons).map((name) => [name, reason]));
}

function calibrationOf({ part, judged }: Judgement): MonitoringResults['calibration'] {
  const { reason, ...calibration } = equalWidthCalibration(part.target, judged.scores);
  return reason === null ? calibration : { ...calibration, reason };
}

function unscoredNotes({ unscored, testRows: { of } }: Judgement, { bundle }: ReadVersion): string[] {
  if (unscored === 0) return [];
  const { kind } = bundle.model;
  const who = kind === 'url' ? 'the endpoint' : kind === 'command' ? 'the serving command' : undefined;
  const why = who === undefined ? 'for values that the model needs are missing' : `${who} gave them none`;
  return [`${unscored} of ${of} rows have no score, ${why}: quality is of the others.`];
}

/** Texts whose shares are not compared: that no gate failed on them tells nothing. */
function notComparedNotes({ columns }: Judgement): string[] {
  return columns
    .filter(isNotCompared)
    .map(
      ({ column, reason }) => `${column} is not compared with the baseline, because ${reason ?? 'it has no index'}.`,
    );
}

/** A version was admitted by its test rows, so that they can tell nothing new about it. */
function testRowsNotes({ count, of }: Judgement['testRows']): string[] {
  if (count === 0) return [];
  if (count === of) return ['These are the test rows: such a verdict proves nothing about production.'];
  return [`${count} of these ${of} rows are test rows: they prove nothing about production.`];
}
