import { keys } from '../../documents/keys.js';
import type { Evaluation } from '../../documents/evaluation.js';
import type { StageOutput } from '../../documents/run.js';
import { bundleFiles } from '../../models/bundle/bundle-files.js';
import { isOwn } from '../../models/bundle/outside-model.js';
import { collect } from '../../platform/ports/pages.js';
import type { ApprovalStatus, ModelVersion } from '../../platform/ports/registry.js';
import { modelGroupName } from '../../project/names.js';
import type { StageContext } from '../stage.js';
import { writeDocument } from '../store.js';
import { tarOf } from '../model-files/artifact.js';
import { fitEstimator } from '../evaluating/estimator.js';
import { writeBaselines, type BaselineRows } from './baselines.js';
import { constraintsOf } from './constraints.js';
import { classesOf } from '../evaluating/figures.js';
import type { Task } from '../../models/task.js';
import { figureOf, type SplitFigures } from '../evaluating/evaluate.js';
import type { FittedCandidate } from '../candidates/candidate.js';
import { explanationOf } from './explanation.js';
import { choiceOf } from '../candidates/choice.js';
import { historyDocument } from '../candidates/history.js';
import { modelCard } from './model-card.js';
import { figuresByImportance } from './figures-by-importance.js';

export interface NewVersion extends BaselineRows {
  /** Every entity it learned from, as `learnedList` writes them. */
  learned: Uint8Array;
  /** Every row it learned from, as `learnedRowsFile` writes them. */
  learnedRows: Uint8Array;
  /** All candidates, with how their training went. */
  fits: FittedCandidate[];
  evaluation: Evaluation;
  status: ApprovalStatus;
  why: string;
  /** Goes into the registry; `fingerprint` lets an interrupted run find what it already registered. */
  metadata: Record<string, string>;
}

/**
 * Writes all artifacts of a version, then registers it: a version that stands in the registry has its files.
 * Returns the registered version and what was written.
 */
export async function registerVersion(
  context: StageContext,
  version: string,
  fresh: NewVersion,
): Promise<{ model: ModelVersion; outputs: StageOutput[] }> {
  const { writers, project } = context;
  const { candidate, evaluation } = fresh;
  const prefix = keys.model(version);
  candidate.bundle.metadata.trained_date = context.now.toISOString();
  candidate.bundle.metadata.feature_cols = candidate.columns;
  // A container knows its model by its files alone.
  candidate.bundle.metadata.model_version = version;
  if (project.file.private.length > 0) candidate.bundle.metadata.private_columns = project.file.private;
  const files = bundleFiles(candidate.bundle);
  const tar = await tarOf(files);
  await clear(context, prefix);
  for (const [name, text] of Object.entries(files)) await writers.objects.put(prefix + name, text);
  await writers.objects.put(`${prefix}model.tar.gz`, tar.bytes);
  await writeDocument(writers.objects, keys.evaluation(version), { ...evaluation, modelVersion: version });
  await writeDocument(
    writers.objects,
    keys.evaluationMetrics(version),
    metricsDocument(project.file.model.task, fresh.test.figures),
  );
  await writeBaselines(context, version, fresh);
  const estimator = await fitEstimator(candidate.bundle, version, fresh.test);
  if (estimator !== undefined) await writeDocument(writers.objects, keys.performanceEstimator(version), estimator);
  await writers.objects.put(keys.learnedEntities(version), fresh.learned);
  await writers.objects.put(keys.learnedRows(version), fresh.learnedRows);
  await writeDocument(writers.objects, keys.trainingHistory(version), historyDocument(context, version, fresh.fits));
  const explained = { ...fresh, test: fresh.test.part, metric: choiceOf(project.file.model).metric };
  // What others compute is not explained here, nor what they predicted.
  if (isOwn(candidate.bundle.model) && candidate.family !== 'given')
    await writeDocument(writers.objects, keys.explanation(version), explanationOf(explained, version, context.now));
  const constraints = constraintsOf(project.file, version, fresh);
  await writeDocument(writers.objects, `${keys.baselines(version)}monitoring_constraints.json`, constraints);
  const card = modelCard(project.file, version, candidate, evaluation, `${prefix}model.tar.gz`);
  await writeDocument(writers.objects, `${prefix}model_card.json`, card);
  const model: ModelVersion = {
    group: modelGroupName(project.file.name),
    version,
    status: fresh.status,
    description: `${candidate.name} ${version}: ${fresh.why}`,
    createdAt: context.now.toISOString(),
    artifacts: prefix,
    sha256: tar.sha256,
    name: candidate.name,
    family: candidate.family,
    metrics: Object.fromEntries(
      figuresByImportance(project.file, classesOf(fresh.test.figures)).map((name) => [
        name,
        figureOf(fresh.test.figures, name),
      ]),
    ),
    metadata: {
      threshold: String(candidate.bundle.threshold ?? 'none'),
      feature_columns: candidate.columns.join(' '),
      framework: candidate.family,
      ...fresh.metadata,
    },
  };
  await writers.registry.register(model);
  return { model, outputs: [{ uri: `${prefix}model.tar.gz`, sha256: tar.sha256, rows: fresh.fitted.matrix.rows }] };
}

/** An interrupted run may have left another model's files under the same version: nothing of them may stay. */
async function clear({ environment, writers }: StageContext, prefix: string): Promise<void> {
  const stale = (await collect((page) => environment.objects.list(prefix, page))).map(({ key }) => key);
  for (const key of stale) await writers.objects.remove(key);
}

const metricNames = {
  binary: {
    auc: 'roc_auc',
    recall: 'recall',
    precision: 'precision',
    f1: 'f1',
    accuracy: 'accuracy',
    average_precision: 'average_precision',
  },
  multiclass: {
    accuracy: 'accuracy',
    weighted_recall: 'weighted_recall',
    weighted_precision: 'weighted_precision',
    weighted_f1: 'weighted_f1',
  },
  regression: { rmse: 'rmse', mae: 'mae', r2: 'r2' },
};
const metricKeys = {
  binary: 'binary_classification_metrics',
  multiclass: 'multiclass_classification_metrics',
  regression: 'regression_metrics',
};

/** `evaluation_metrics.json` in SageMaker's model-quality shape. */
function metricsDocument(task: Task, figures: SplitFigures): object {
  const names: Record<string, string> = metricNames[task];
  const metrics = Object.entries(names).map(([name, figure]) => [
    name,
    { value: figureOf(figures, figure), standard_deviation: 'NaN' },
  ]);
  return { [metricKeys[task]]: Object.fromEntries(metrics) as object };
}
