import type { MonitoringResults } from '../../documents/monitoring.js';
import type { Override, Overrides } from '../../documents/ledger.js';
import { decide } from '../../gates/decide.js';
import { evaluateGates } from '../../gates/evaluate.js';
import { toTemplateKeys } from '../../gates/template-keys.js';
import { figureOf } from '../training/evaluate.js';
import type { ReadVersion } from '../training/read-version.js';
import type { StageContext } from '../stage.js';
import { columnFigures, figureNames, qualityFigures } from './figures.js';
import type { ProductionJudgement } from './judge-production.js';

/** The document of one monitor run: figures, every gate, the verdict, and the decision of the moment. */
export function resultsOf(input: {
  context: StageContext;
  version: ReadVersion;
  judged: ProductionJudgement;
  overrides: Override[];
  waivers: Overrides['waivers'];
  /** Retraining happens once a version and data. */
  alreadyRetrained: boolean;
}): MonitoringResults {
  const { context, version, judged, overrides, waivers, alreadyRetrained } = input;
  const { file } = context.project;
  const { task } = file.model;
  const { figures } = judged.judged;
  const { window } = judged.part;
  const now = context.now;
  const baseline = version.constraints?.baseline_metrics ?? null;
  const set = { figures: qualityFigures(task, figures), columns: columnFigures(judged.columns) };
  const { gates: rules, soft: softRule } = file.monitor;
  const { gates, verdict, soft } = evaluateGates({
    rules,
    soft: softRule,
    figures: set,
    baseline,
    window,
    waivers,
    now,
  });
  const { reasons, ...decision } = decide({ verdict, gates, soft, overrides, now, alreadyRetrained });
  const confusion = 'confusion' in figures ? (figures.confusion as MonitoringResults['confusion_matrix']) : null;
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
    confusion_matrix: confusion,
    metrics: Object.fromEntries(figureNames(task).map((name) => [name, figureOf(figures, name)])),
    runId: context.runId,
    project: file.name,
    environment: context.environment.name,
    task,
    target: file.model.target,
    modelVersion: version.version,
    modelName: version.evaluation?.chosen ?? version.bundle.family,
    baselineId: version.constraints === undefined ? null : `${version.version} / test`,
    baselineMetrics: baseline ?? {},
    n: figures.n,
    n_missing: judged.part.unlabelled,
    positives: 'positives' in figures ? (figures.positives as number) : null,
    window,
    verdict,
    decision,
    alreadyRetrained,
    gates,
    soft: soft === null ? null : { ...soft },
    columns: judged.columns,
    curves: judged.judged.curves ?? null,
    baselineCurves: test?.curves ?? null,
    reasons: figures.reasons,
  };
}
