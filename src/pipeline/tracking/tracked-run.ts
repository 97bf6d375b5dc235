import type { Evaluation } from '../../documents/evaluation.js';
import type { SearchResults, Trial } from '../../documents/search-results.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import type { Candidate } from '../../project/schema.js';

/** A run as a tracking server keeps it. Times in milliseconds since 1970. */
export interface TrackedRun {
  name: string;
  tags: Record<string, string>;
  params: Record<string, string>;
  metrics: Record<string, number>;
  status: 'FINISHED' | 'KILLED' | 'FAILED';
  startedAt: number;
  endedAt: number;
}

/** Figures are called as scikit-learn calls them where others look for them by that name. */
const metricNames: Record<string, string> = { f1: 'f1_score', roc_auc: 'roc_auc_score' };
const metricName = (figure: string) => (metricNames[figure] ?? figure).replace(/[^\w\-. :/]/g, '_');

/** A server takes no longer one. */
const longestText = 5000;
const textOf = (value: unknown) =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, longestText);

/** What a search tried, one run a trial: what it was asked, its means over the folds, and how it ended. */
export function trialRuns({ candidate, fingerprint, metric, trials, startedAt }: SearchResults): TrackedRun[] {
  const began = Date.parse(startedAt);
  return trials.map((trial) => ({
    name: `${candidate} trial ${trial.id}`,
    tags: {
      model_name: candidate,
      hpo_trial: 'True',
      'mlops.search': fingerprint ?? '',
      'mlops.trial': String(trial.id),
      ...(trial.reason !== undefined && { 'mlops.reason': textOf(trial.reason) }),
    },
    params: texts(trial.parameters),
    metrics: numbers({
      ...prefixed('val', trial.figures ?? {}),
      [`val_${metricName(metric)}`]: trial.score,
      [`val_${metricName(metric)}_std`]: trial.std,
      ...{ rounds: trial.rounds, rung: trial.rung, seconds: trial.seconds },
    }),
    status: ended(trial),
    startedAt: began,
    endedAt: began + Math.round((trial.seconds ?? 0) * 1000),
  }));
}

/** A trial that halving cut was ended before its time. */
function ended({ status }: Trial): TrackedRun['status'] {
  if (status === 'finished') return 'FINISHED';
  return status === 'failed' ? 'FAILED' : 'KILLED';
}

/** How a candidate did on each part, with the parameters that it was fitted with. */
export function candidateRun(
  { name, family, columns, threshold, evaluations }: Evaluation['models'][number],
  about: { model: ModelVersion; chosen: boolean; candidate: Candidate | undefined; board: SearchResults | undefined },
): TrackedRun {
  const { model, candidate, board } = about;
  const best = board?.trials.find(({ id }) => id === board.best);
  const at = Date.parse(model.createdAt);
  const figures = evaluations.map(({ split, figures: of }) => prefixed(partNames[split] ?? split, of));
  return {
    name: `Best_${name}_Model`,
    tags: {
      model_name: name,
      ...(board !== undefined && { best_hpo_model: 'True' }),
      'mlops.version': model.version,
      'mlops.sha256': model.sha256,
      'mlops.chosen': about.chosen ? 'True' : 'False',
      ...(about.chosen && { 'mlops.status': model.status, 'mlops.description': textOf(model.description) }),
    },
    params: texts({
      ...{ family, columns: columns.join(', '), threshold },
      ...(candidate?.classWeight && { class_weight: candidate.classWeight }),
      ...(candidate?.scale && { scale: candidate.scale }),
      ...candidate?.parameters,
      ...best?.parameters,
    }),
    metrics: numbers({
      ...(Object.assign({}, ...figures) as Record<string, unknown>),
      ...(best && { [`best_val_${metricName(board!.metric)}`]: best.score }),
    }),
    ...{ status: 'FINISHED', startedAt: at, endedAt: at },
  };
}

const partNames: Record<string, string> = { validation: 'val' };

const prefixed = (part: string, figures: object) =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${part}_${metricName(name)}`, value as unknown]));

/** Only numbers are metrics: one that cannot be computed is none. */
function numbers(values: Record<string, unknown>): Record<string, number> {
  const known = Object.entries(values).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
  return Object.fromEntries(known);
}

const texts = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [metricName(name), textOf(value)]));
