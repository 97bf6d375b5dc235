import { PartError } from '../../common/errors.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { chooseThreshold } from '../../models/metrics/choose-threshold.js';
import { applyPreprocessing } from '../../models/preprocessing/apply.js';
import type { TrainingHooks } from '../../models/progress.js';
import { score } from '../../models/bundle/score.js';
import type { Candidate, ProjectFile } from '../../project/schema.js';
import { matchColumns } from '../../project/columns.js';
import { parseRule } from '../../project/rules/rule.js';
import { candidateColumns, givenOf } from '../../project/elsewhere.js';
import { fitFamily } from './families.js';
import { givenClasses } from './given.js';
import type { Rows } from '../workers/shared-memory.js';
import { isCategory } from '../../models/table/columns.js';
import { prepared } from './prepared.js';
import { historyOf, type CandidateHistory } from './history.js';
import { selectColumns } from '../evaluating/parts.js';

/** What fitting a candidate takes: its part of the project file, rows to fit on, and rows to stop and choose by. */
export interface FitRequest {
  model: Pick<ProjectFile['model'], 'task' | 'fill' | 'encode' | 'threshold'>;
  /** Of several classes: their names, in the order of their numbers in the target. */
  classes?: string[];
  candidate: Candidate;
  fit: Rows;
  /** Without, nothing stops early and no threshold is chosen. */
  validation: Rows | undefined;
}

export interface FittedCandidate {
  name: string;
  family: string;
  columns: string[];
  bundle: Bundle;
  thresholdReason: string | null;
  training: { rounds?: number; bestIteration?: number; [figure: string]: unknown };
  history: CandidateHistory;
  /** Its part of the project file, with what a search found; a program's model has none. */
  settled?: Candidate;
}

/**
 * Fits one candidate: its columns, its preprocessing (fitted on `fit` only), its learner, its threshold (on `validation`).
 * Throws InputError when its columns do not exist in the feature group.
 */
export async function fitCandidate(
  { model: { task, ...model }, classes, candidate, fit, validation }: FitRequest,
  hooks: TrainingHooks,
): Promise<FittedCandidate> {
  const columns = columnsOf(candidate, fit, model.encode);
  const isGiven = candidate.family === 'given';
  const chosen = { ...fit, matrix: selectColumns(fit.matrix, columns) };
  const { preprocessing, training, parameters } = prepared({ task, ...model }, candidate, chosen);
  const prepare = (rows: Rows) => ({
    matrix: applyPreprocessing(preprocessing, selectColumns(rows.matrix, columns)),
    target: rows.target,
  });
  const names = classes && (isGiven ? givenClasses(candidate, chosen.matrix, classes) : classes);
  const history = historyOf(candidate);
  const watched = { ...hooks, onRound: history.watch((progress) => hooks.onRound?.(progress)) };
  const fitted = await fitFamily(
    task,
    { ...candidate, parameters },
    training,
    validation && prepare(validation),
    watched,
    names,
  );
  const bundle: Bundle = {
    kind: 'model-bundle',
    schemaVersion: 1,
    task,
    family: candidate.family,
    inputs: columns.map((name) => ({ name, type: isCategory(chosen.matrix, name) ? 'category' : 'number' })),
    preprocessing,
    model: fitted.model,
    threshold: null,
    ...(names && { classes: names }),
    metadata: fitted.metadata,
  };
  const { threshold, url } = givenOf(candidate) ?? {};
  // What answers elsewhere is not asked while a threshold is looked for.
  const acted = threshold ?? (url !== undefined && task === 'binary' ? 0.5 : undefined);
  bundle.threshold = acted ?? null;
  const thresholdReason =
    threshold !== undefined
      ? `${threshold}: mlops.json says that scores are acted on from there`
      : acted !== undefined
        ? `${acted}: mlops.json says no other`
        : validation === undefined || url !== undefined
          ? null
          : setThreshold({ task, ...model }, bundle, validation);
  const { name, family } = candidate;
  const told = history.finish(fitted.training.bestIteration ?? null);
  return { name, family, columns, bundle, thresholdReason, training: fitted.training, history: told };
}

/**
 * The columns that a candidate learns from. A pattern means columns of numbers, and those of texts that `encode` names;
 * a column named as it is may be either.
 * @throws InputError naming those that the feature group has not
 */
export function columnsOf(
  candidate: Candidate,
  { matrix }: Rows,
  encode: ProjectFile['model']['encode'] = {},
): string[] {
  const encoded = new Set(matchColumns(Object.keys(encode), matrix.columns));
  const wanted = candidateColumns(candidate);
  const named = new Set(wanted);
  const columns = matchColumns(wanted, matrix.columns).filter(
    (name) => !isCategory(matrix, name) || encoded.has(name) || named.has(name),
  );
  const absent = wanted.filter((name) => !name.includes('*') && !columns.includes(name));
  if (absent.length > 0) {
    throw new PartError(
      'columns',
      `found ${absent.join(', ')}, which is no column to learn from in the feature group; ` +
        `expected some of ${matrix.columns.join(', ')}`,
    );
  }
  if (columns.length === 0) {
    throw new PartError(
      'columns',
      `found no column for ${candidate.columns.join(', ')}, expected some of ${matrix.columns.join(', ')}`,
    );
  }
  return columns;
}

/** Chooses the threshold on validation rows and says why it is this one; regression has none. */
function setThreshold(
  model: Pick<FitRequest['model'], 'task' | 'threshold'>,
  bundle: Bundle,
  validation: Rows,
): string | null {
  const columns = bundle.inputs.map(({ name }) => name);
  const scores = () => score(bundle, selectColumns(validation.matrix, columns));
  return chooseFrom(model, bundle, { target: validation.target, scores }, 'the validation rows');
}

/**
 * Chooses the threshold by rows that the scores' model never saw, and says why it is this one; regression has none.
 * @param of what these rows are called
 */
export function chooseFrom(
  model: Pick<FitRequest['model'], 'task' | 'threshold'>,
  bundle: Bundle,
  unseen: { target: Float64Array; scores: () => Float64Array },
  of: string,
): string | null {
  if (model.task !== 'binary') return null;
  const rule = model.threshold;
  if (rule === undefined) {
    bundle.threshold = 0.5;
    return '0.5: mlops.json names no rule';
  }
  const isNone = `0.5: ${of} have only one class, so no threshold can be chosen`;
  if ('maximise' in rule) {
    const beta = rule.maximise === 'f2' ? 2 : 1;
    const { threshold } = chooseThreshold({ maximise: 'f_beta', beta }, unseen.target, unseen.scores());
    bundle.threshold = threshold ?? 0.5;
    bundle.metadata.target_recall = null;
    return threshold === null ? isNone : `the highest F${beta} on ${of}`;
  }
  const { figure, operator, limit } = parseRule(rule.keep);
  const keep = { figure, operator, value: limit.kind === 'absolute' ? limit.value : NaN } as never;
  const chosen = chooseThreshold({ keep, minimise: rule.minimise }, unseen.target, unseen.scores());
  bundle.threshold = chosen.threshold ?? 0.5;
  bundle.metadata.target_recall = figure === 'recall' && limit.kind === 'absolute' ? limit.value : null;
  if (chosen.threshold === null) return isNone;
  if (!chosen.met) return `no threshold keeps ${rule.keep} on ${of}; this one comes nearest`;
  return `keeps ${rule.keep} with the fewest ${rule.minimise.replace('_', ' ')} on ${of}`;
}
