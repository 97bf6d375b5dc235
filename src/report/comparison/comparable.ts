import type { Recognised } from '../../documents/recognise.js';
import type { Run } from '../../documents/run.js';
import type { GateResult } from '../../documents/gates/verdict.js';
import { sourceOfForeignAnswer, sourceOfForeignResults, sourceOfTrigger } from '../monitoring/foreign-source.js';
import type { Looks } from './looks.js';
import { sourceOf, type ReportSource } from '../monitoring/report-source.js';

/** How one column drifted, whatever document says it. */
export interface ComparedColumn {
  value: number | null;
  drifted: boolean | null;
}

/** What two documents of any kinds can be compared by. */
export interface Comparable {
  name: string;
  kind: string;
  verdict: string | null;
  /** Figures by name; a figure of a split or stage carries its name before it. */
  figures: Record<string, number | null>;
  gates: GateResult[];
  columns: Record<string, ComparedColumn>;
  /** Parameters, columns, versions, hashes: whatever explains a difference. */
  settings: Record<string, unknown>;
  looks?: Looks;
}

/** What a document holds of figures, gates, columns and settings; undefined where it holds nothing to compare. */
export function comparableOf(name: string, found: Recognised): Comparable | undefined {
  const base = { name, kind: found.kind, verdict: null, figures: {}, gates: [], columns: {}, settings: {} };
  switch (found.kind) {
    case 'monitoring-results':
      return { ...ofSubject(name, sourceOf(found.document)), kind: found.kind };
    case 'foreign-results':
      return { ...ofSubject(name, sourceOfForeignResults(found.document)), kind: found.kind };
    case 'foreign-answer':
      return { ...ofSubject(name, sourceOfForeignAnswer(found.document, found.at)), kind: found.kind };
    case 'foreign-trigger':
    case 'retrain-trigger':
      return { ...ofSubject(name, sourceOfTrigger(found.document)), kind: found.kind };
    case 'foreign-metrics':
      return { ...base, figures: found.document.metrics, settings: { threshold: found.document.threshold } };
    case 'foreign-summary': {
      const entries = Object.entries(found.document.content);
      const numbers = entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number');
      return {
        ...base,
        figures: Object.fromEntries(numbers),
        settings: Object.fromEntries(entries.filter(([, value]) => typeof value !== 'number')),
      };
    }
    case 'run':
      return ofRun(name, found.document);
    case 'evaluation':
      return ofEvaluation(name, found.document);
    case 'explanation': {
      const { features, modelVersion, candidate, unit } = found.document;
      const told = features.flatMap((one) => (one.meanAbsShap === null ? [] : [[one.name, one.meanAbsShap] as const]));
      return {
        ...base,
        figures: Object.fromEntries(told.map(([feature, value]) => [`SHAP of ${feature}`, value])),
        settings: { 'model version': modelVersion, candidate, unit },
        looks: { curves: null, importance: Object.fromEntries(told) },
      };
    }
    case 'drift-report': {
      const { columns, dataset, profile } = found.document;
      const compared = columns.map(
        (one) => [one.column, { value: one.statistic ?? one.p_value, drifted: one.drifted }] as const,
      );
      return {
        ...base,
        figures: { share: dataset.share },
        columns: Object.fromEntries(compared),
        settings: { profile },
      };
    }
    case 'search-results': {
      const { trials, best, metric, ...search } = found.document;
      const winner = trials.find(({ id }) => id === best);
      return {
        ...base,
        figures: { [metric]: winner?.score ?? null, trials: trials.length },
        settings: { strategy: search.strategy, seed: search.seed, folds: search.folds, ...winner?.parameters },
      };
    }
    case 'monitoring-constraints':
    case 'foreign-constraints': {
      const {
        secondary_constraints: secondary,
        decision_threshold: threshold,
        feature_cols: columns,
        primary_constraint: primary,
      } = found.document;
      const limits = Object.entries(secondary).map(([figure, { min, max }]) => [figure, min ?? max] as const);
      return {
        ...base,
        figures: {
          threshold,
          ...(primary ? { [primary.metric]: primary.threshold } : {}),
          ...Object.fromEntries(limits),
        },
        settings: { columns },
      };
    }
    case 'data-quality-baseline':
    case 'foreign-baseline': {
      const columns = Object.entries(found.document).map(
        ([column, { mean }]) => [column, { value: mean, drifted: null }] as const,
      );
      return { ...base, columns: Object.fromEntries(columns) };
    }
    case 'foreign-drift': {
      const columns = found.document.columns.map(
        (one) => [one.column, { value: Object.values(one.figures)[0] ?? null, drifted: one.drifted }] as const,
      );
      return { ...base, columns: Object.fromEntries(columns) };
    }
    default:
      return undefined;
  }
}

function ofSubject(name: string, source: ReportSource): Omit<Comparable, 'kind'> {
  const { gates, metrics, n, positives, confusion, threshold, modelVersion, modelName, data, baselineId, window } =
    source;
  const drift = gates.find(({ metric }) => metric.startsWith('z_mean'));
  const columns = source.columns.map(({ column, z, infinite }) => {
    const limit = drift?.threshold;
    const drifted = infinite ? true : z === null || limit == null ? null : z > limit;
    return [column, { value: z, drifted }] as const;
  });
  const weights = source.columns.flatMap(({ column, importance }) =>
    importance == null ? [] : [[column, importance] as const],
  );
  return {
    name,
    looks: { curves: source.curves, importance: weights.length === 0 ? null : Object.fromEntries(weights) },
    verdict: source.verdict,
    figures: { ...metrics, n, positives, ...confusion, threshold },
    gates,
    columns: Object.fromEntries(columns),
    settings: {
      ...(modelVersion === null ? {} : { 'model version': modelVersion }),
      ...(modelName === null ? {} : { model: modelName }),
      ...(data === null ? {} : { data }),
      ...(baselineId === null ? {} : { baseline: baselineId }),
      ...(window === null ? {} : { window: `${window.from ?? '…'} – ${window.to ?? '…'}` }),
      decision: source.decision?.action,
    },
  };
}

/** Of a stage that only one of two runs did, every figure would differ: that it did not run says it all. */
export function withCommonStages(a: Run, b: Run): [Run, Run] {
  const did = (run: Run) => new Set(run.stages.filter(({ status }) => status !== 'not-run').map(({ name }) => name));
  const [left, right] = [did(a), did(b)];
  const common = (run: Run) => ({ ...run, stages: run.stages.filter(({ name }) => left.has(name) && right.has(name)) });
  return [common(a), common(b)];
}

function ofRun(name: string, run: Run): Comparable {
  const figures: Record<string, number | null> = {};
  const settings: Record<string, unknown> = { status: run.status, stages: run.stages.map(({ name: own }) => own) };
  for (const stage of run.stages) {
    settings[`${stage.name} stage`] = stage.status;
    for (const { uri, sha256 } of stage.inputs) settings[`${stage.name} input ${uri}`] = sha256.slice(0, 8);
    for (const [figure, value] of Object.entries(stage.figures)) {
      if (typeof value === 'number' || value === null) figures[`${stage.name}: ${figure}`] = value;
      else if (figure !== 'summary') settings[`${stage.name} ${figure}`] = value;
    }
  }
  return { name, kind: 'run', verdict: run.verdict, figures, gates: [], columns: {}, settings };
}

function ofEvaluation(
  name: string,
  { models, chosen }: Extract<Recognised, { kind: 'evaluation' }>['document'],
): Comparable {
  const best = models.find((model) => model.name === chosen) ?? models[0];
  const figures = (best?.evaluations ?? []).flatMap(({ split, figures: own }) =>
    Object.entries(own)
      .filter((entry): entry is [string, number | null] => typeof entry[1] === 'number' || entry[1] === null)
      .map(([figure, value]) => [`${split}: ${figure}`, value] as const),
  );
  const judged = best?.evaluations.find(({ split }) => split === 'test') ?? best?.evaluations.at(-1);
  const gains = (best?.importance ?? []).map(({ column, gain }) => [column, gain] as const);
  return {
    name,
    looks: { curves: judged?.curves ?? null, importance: gains.length === 0 ? null : Object.fromEntries(gains) },
    kind: 'evaluation',
    verdict: null,
    figures: Object.fromEntries(figures),
    gates: [],
    columns: {},
    settings: {
      chosen,
      candidates: models.map((model) => model.name),
      family: best?.family,
      columns: best?.columns,
      threshold: best?.threshold,
      ...best?.training,
    },
  };
}
