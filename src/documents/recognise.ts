import type * as z from 'zod';
import { firstProblem } from '../common/schema-words.js';
import { alarmSchema, type AlarmDocument } from './alarm.js';
import { columnsOfBaseline, dataQualityBaselineSchema, type ColumnStatistics } from './baselines.js';
import { driftReportSchema, type DriftReport } from './drift-report.js';
import { evaluationSchema, type Evaluation } from './evaluation.js';
import { explanationSchema, type Explanation } from './explanation.js';
import {
  foreignBaselineSchema,
  foreignConstraintsSchema,
  foreignDrift,
  foreignSummary,
  type ForeignBaseline,
  type ForeignConstraints,
  type ForeignDrift,
  type ForeignSummary,
} from './foreign/foreign-files.js';
import {
  flatMetricsSchema,
  foreignAnswerSchema,
  foreignHealthySchema,
  foreignResultsSchema,
  foreignTriggerSchema,
  registryMetricsSchema,
  type ForeignAnswer,
  type ForeignMetrics,
  type ForeignResults,
  type ForeignTrigger,
} from './foreign/foreign.js';
import { gateAnswerSchema, type GateAnswer } from './gates/gate-answer.js';
import { gateBacktestSchema, type Backtest } from './gates/gate-backtest.js';
import { gateTrendSchema, type GateTrend } from './gates/gate-trend.js';
import {
  ledgerEntrySchema,
  ledgerSchema,
  overridesSchema,
  type Ledger,
  type LedgerEntry,
  type Overrides,
} from './ledger.js';
import { riskMapSchema, type RiskMap } from './map/risk-map.js';
import { dashboardSchema, type Dashboard } from './measured/dashboard.js';
import { modelMonitorFile } from './model-monitor/recognise-file.js';
import { modelMonitorViolationsSchema, type ModelMonitorViolations } from './model-monitor/violations.js';
import type { ModelMonitorConstraints } from './model-monitor/constraints.js';
import type { ModelMonitorStatistics } from './model-monitor/statistics.js';
import type { ModelQualityConstraints } from './model-monitor/quality-constraints.js';
import {
  monitoringResultsSchema,
  retrainTriggerSchema,
  type MonitoringResults,
  type RetrainTrigger,
} from './monitoring.js';
import {
  archiveContentsSchema,
  tablePreviewSchema,
  textPreviewSchema,
  type ArchiveContents,
  type TablePreview,
  type TextPreview,
} from './tables/previews.js';
import { queryResultSchema, type QueryResult } from './tables/query-result.js';
import { admissionSchema, type Admission } from './releases/admission.js';
import { incidentSchema, releaseDocumentSchema, type Incident, type ReleaseDocument } from './releases/release.js';
import { runSchema, type Run } from './run.js';
import { searchResultsSchema, type SearchResults } from './search-results.js';
import { splitManifestSchema, type SplitManifest } from './tables/split-manifest.js';
import { trainingHistorySchema, type TrainingHistory } from './training-history.js';

/** What a JSON document turned out to be. `foreign-…`: another system's, without `kind`. */
export type Recognised =
  | { kind: 'monitoring-results'; document: MonitoringResults }
  | { kind: 'evaluation'; document: Evaluation }
  | { kind: 'retrain-trigger'; document: RetrainTrigger }
  | { kind: 'drift-report'; document: DriftReport }
  | { kind: 'search-results'; document: SearchResults }
  | { kind: 'training-history'; document: TrainingHistory }
  | { kind: 'explanation'; document: Explanation }
  | { kind: 'run'; document: Run }
  | { kind: 'ledger-entry'; document: LedgerEntry }
  | { kind: 'ledger'; document: Ledger }
  | { kind: 'gate-answer'; document: GateAnswer }
  | { kind: 'gate-backtest'; document: Backtest }
  | { kind: 'gate-trend'; document: GateTrend }
  | { kind: 'alarm'; document: AlarmDocument }
  | { kind: 'risk-map'; document: RiskMap }
  | { kind: 'dashboard'; document: Dashboard }
  | { kind: 'query-result'; document: QueryResult }
  | { kind: 'overrides'; document: Overrides }
  | { kind: 'release'; document: ReleaseDocument }
  | { kind: 'admission'; document: Admission }
  | { kind: 'incident'; document: Incident }
  | { kind: 'split-manifest'; document: SplitManifest }
  | { kind: 'data-quality-baseline'; document: Record<string, ColumnStatistics> }
  | { kind: 'model-quality-baseline'; document: ForeignSummary }
  | { kind: 'monitoring-constraints'; document: ForeignConstraints }
  | { kind: 'foreign-baseline'; document: ForeignBaseline }
  | { kind: 'foreign-constraints'; document: ForeignConstraints }
  | { kind: 'foreign-drift'; document: ForeignDrift }
  | { kind: 'foreign-summary'; document: ForeignSummary }
  | { kind: 'foreign-results'; document: ForeignResults }
  | { kind: 'foreign-answer'; document: ForeignAnswer; at: string | null }
  | { kind: 'foreign-trigger'; document: ForeignTrigger }
  | { kind: 'foreign-metrics'; document: ForeignMetrics }
  | { kind: 'model-monitor-statistics'; document: ModelMonitorStatistics }
  | { kind: 'model-monitor-constraints'; document: ModelMonitorConstraints }
  | { kind: 'model-monitor-violations'; document: ModelMonitorViolations }
  | { kind: 'model-quality-constraints'; document: ModelQualityConstraints }
  | { kind: 'table-preview'; document: TablePreview }
  | { kind: 'archive-contents'; document: ArchiveContents }
  | { kind: 'text-preview'; document: TextPreview }
  | { kind: 'raw'; reason: string };

/** The newest form of our documents that this version reads. */
const newest = 1;

/** Says what a parsed JSON document is; what cannot be shown as a report comes back `raw`, with the reason. */
export function recognise(json: unknown): Recognised {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { kind: 'raw', reason: 'This is not a document: a JSON object was expected.' };
  }
  return 'kind' in json ? ownDocument(json) : foreignDocument(json);
}

function ownDocument(json: { kind: unknown; schemaVersion?: unknown }): Recognised {
  const { kind, schemaVersion } = json;
  if (typeof schemaVersion === 'number' && schemaVersion > newest) {
    return {
      kind: 'raw',
      reason: `Its schemaVersion ${schemaVersion} is newer than the ${newest} that this version of MLOps Workbench reads.`,
    };
  }
  switch (kind) {
    case 'monitoring-results':
      return checked(monitoringResultsSchema, json, (document) => ({ kind, document }));
    case 'evaluation':
      return checked(evaluationSchema, json, (document) => ({ kind, document }));
    case 'retrain-trigger':
      return checked(retrainTriggerSchema, json, (document) => ({ kind, document }));
    case 'drift-report':
      return checked(driftReportSchema, json, (document) => ({ kind, document }));
    case 'search-results':
      return checked(searchResultsSchema, json, (document) => ({ kind, document }));
    case 'training-history':
      return checked(trainingHistorySchema, json, (document) => ({ kind, document }));
    case 'explanation':
      return checked(explanationSchema, json, (document) => ({ kind, document }));
    case 'run':
      return checked(runSchema, json, (document) => ({ kind, document }));
    case 'ledger-entry':
      return checked(ledgerEntrySchema, json, (document) => ({ kind, document }));
    case 'ledger':
      return checked(ledgerSchema, json, (document) => ({ kind, document }));
    case 'gate-answer':
      return checked(gateAnswerSchema, json, (document) => ({ kind, document }));
    case 'gate-backtest':
      return checked(gateBacktestSchema, json, (document) => ({ kind, document }));
    case 'release':
      return checked(releaseDocumentSchema, json, (document) => ({ kind, document }));
    case 'admission':
      return checked(admissionSchema, json, (document) => ({ kind, document }));
    case 'incident':
      return checked(incidentSchema, json, (document) => ({ kind, document }));
    case 'gate-trend':
      return checked(gateTrendSchema, json, (document) => ({ kind, document }));
    case 'alarm':
      return checked(alarmSchema, json, (document) => ({ kind, document }));
    case 'dashboard':
      return checked(dashboardSchema, json, (document) => ({ kind, document }));
    case 'risk-map':
      return checked(riskMapSchema, json, (document) => ({ kind, document }));
    case 'query-result':
      return checked(queryResultSchema, json, (document) => ({ kind, document }));
    case 'overrides':
      return checked(overridesSchema, json, (document) => ({ kind, document }));
    case 'split-manifest':
      return checked(splitManifestSchema, json, (document) => ({ kind, document }));
    case 'data-quality-baseline':
      return checked(dataQualityBaselineSchema, json, (document) => ({
        kind,
        document: Object.fromEntries(columnsOfBaseline(document)),
      }));
    case 'model-quality-baseline':
      return { kind, document: { name: 'Model quality baseline', content: { ...json } } };
    case 'table-preview':
      return checked(tablePreviewSchema, json, (document) => ({ kind, document }));
    case 'archive-contents':
      return checked(archiveContentsSchema, json, (document) => ({ kind, document }));
    case 'text-preview':
      return checked(textPreviewSchema, json, (document) => ({ kind, document }));
    case 'monitoring-constraints':
      return checked(foreignConstraintsSchema, json, (document) => ({ kind, document }));
    case 'model-monitor-violations':
      return checked(modelMonitorViolationsSchema, json, (document) => ({ kind, document }));
    default:
      return { kind: 'raw', reason: `There is no report for a document of kind ${JSON.stringify(kind)}.` };
  }
}

/** A document of ours that breaks its own form is shown raw, with the first place where it does. */
function checked<T>(schema: z.ZodType<T>, json: object, use: (document: T) => Recognised): Recognised {
  const parsed = schema.safeParse(json);
  if (parsed.success) return use(parsed.data);
  return { kind: 'raw', reason: `It is not what its kind says: ${firstProblem(parsed.error, json)}.` };
}

function foreignDocument(json: object): Recognised {
  const results = foreignResultsSchema.safeParse(json);
  if (results.success && 'primary_gate' in json) return { kind: 'foreign-results', document: results.data };
  const trigger = foreignTriggerSchema.safeParse(json);
  if (trigger.success) return { kind: 'foreign-trigger', document: trigger.data };
  const filed = foreignHealthySchema.safeParse(json);
  if (filed.success) return { kind: 'foreign-answer', document: filed.data.evaluation, at: filed.data.timestamp };
  const answer = foreignAnswerSchema.safeParse(json);
  if (answer.success && 'recall' in json) return { kind: 'foreign-answer', document: answer.data, at: null };
  const metrics = foreignMetrics(json);
  if (metrics) return { kind: 'foreign-metrics', document: metrics };
  const monitor = modelMonitorFile(json);
  if (monitor) return monitor;
  const file = foreignFile(json);
  if (file) return file;
  return { kind: 'raw', reason: 'It has no kind, and its shape is none that is known here.' };
}

/** Files that lie beside a model or a pipeline. */
function foreignFile(json: object): Recognised | undefined {
  const summary = foreignSummary(json);
  if (summary) return { kind: 'foreign-summary', document: summary };
  const constraints = foreignConstraintsSchema.safeParse(json);
  if (constraints.success) return { kind: 'foreign-constraints', document: constraints.data };
  const drift = foreignDrift(json);
  if (drift) return { kind: 'foreign-drift', document: drift };
  const baseline = foreignBaselineSchema.safeParse(json);
  if (baseline.success && Object.keys(json).length > 0) return { kind: 'foreign-baseline', document: baseline.data };
  return undefined;
}

function foreignMetrics(json: object): ForeignMetrics | undefined {
  const nested = registryMetricsSchema.safeParse(json);
  if (nested.success) {
    const entries = Object.entries(nested.data.binary_classification_metrics);
    return { metrics: Object.fromEntries(entries.map(([name, { value }]) => [nameOf(name), value])), threshold: null };
  }
  const flat = flatMetricsSchema.safeParse(json);
  if (!flat.success) return undefined;
  const numbers = Object.entries(flat.data).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  const figures = numbers
    .filter(([name]) => !settings.has(name))
    .map(([name, value]) => [nameOf(name), value] as const);
  return { metrics: Object.fromEntries(figures), threshold: flat.data.threshold };
}

/** Numbers in the flat form that are no figures of quality. */
const settings = new Set([
  'threshold',
  'best_iteration',
  'scale_pos_weight',
  'n_features',
  'train_samples',
  'test_samples',
]);

/** Other writers' names for figures that have one here. */
const otherNames: Record<string, string> = {
  auc: 'roc_auc',
  avg_precision: 'average_precision',
  pr_auc: 'average_precision',
  f1_score: 'f1',
};

function nameOf(name: string): string {
  return otherNames[name] ?? name;
}
