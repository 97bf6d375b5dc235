import { blamedParameter } from '../../models/blamed-parameter.js';
import { InputError, PartError } from '../../common/errors.js';
import { sha256 } from '../../common/hash.js';
import type { SearchResults } from '../../documents/search-results.js';
import { type Fold, groupFolds, labelFolds, rowFolds, timeFolds } from '../../models/search/folds.js';
import { rungsOf, type Rung } from '../../models/search/halving.js';
import { searchMetrics } from '../../models/search/score.js';
import { drawn, gridOf, type Setting } from '../../models/search/space.js';
import type { Task } from '../../models/task.js';
import type { Search } from '../../project/parts/search-schema.js';
import type { Candidate, ProjectFile } from '../../project/schema.js';
import { roundsOf } from '../candidates/families.js';
import type { Rows } from '../workers/shared-memory.js';

/** Rows to search on, with what folds may go by. */
export interface SearchRows extends Rows {
  entities?: readonly string[];
  times?: readonly (string | number)[];
}

/** A search, decided: what is tried, on which folds, judged by what. */
export interface SearchPlan {
  candidate: Candidate;
  search: Search;
  task: Task;
  fill: Record<string, number>;
  encode?: ProjectFile['model']['encode'];
  metric: string;
  better: 'higher' | 'lower';
  by: NonNullable<Search['folds']['by']>;
  settings: Setting[];
  rungs: Rung[];
  resource: 'rounds' | 'rows';
}

/**
 * Decides a candidate's search; the same candidate and search are the same plan.
 * @param metric the figure that chooses between candidates, for a search that names none
 * @throws PartError of the part `search` for what cannot be searched
 */
export function planOf(
  { candidate, task, fill, encode }: Pick<SearchPlan, 'candidate' | 'task' | 'fill' | 'encode'>,
  search: Search,
  rows: SearchRows,
  metric: string,
): SearchPlan {
  const decides = search.metric ?? metric;
  const better = searchMetrics[task][decides];
  if (better === undefined) {
    const known = Object.keys(searchMetrics[task]).join(', ');
    throw new PartError('search', `found metric "${decides}", expected one of ${known}`);
  }
  const settings = settingsOf(search);
  const halves = search.strategy === 'halving';
  return {
    candidate,
    search,
    task,
    fill,
    ...(encode && { encode }),
    metric: decides,
    better,
    by: search.folds.by ?? usualFolds(task, rows),
    settings,
    rungs: halves ? rungsOf(settings.length, search.eta, search.rungs) : [{ trials: settings.length, share: 1 }],
    resource: search.resource ?? (roundsOf(candidate) === null ? 'rows' : 'rounds'),
  };
}

function settingsOf({ strategy, space, trials, seed }: Search): Setting[] {
  try {
    return strategy === 'grid' ? gridOf(space) : drawn(space, trials, seed);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const parameter = blamedParameter(error, space);
    throw new PartError('search', error.message, { parameter, cause: error });
  }
}

/** Rows of one entity stay together, so that nothing is judged by what it was learned from. */
function usualFolds(task: Task, { entities }: SearchRows): SearchPlan['by'] {
  if (entities !== undefined && new Set(entities).size < entities.length) return 'group';
  return task === 'regression' ? 'row' : 'label';
}

/** The folds of a plan. @throws PartError of the part `search` where the rows do not allow them */
export function foldsOf({ by, search: { folds, seed } }: SearchPlan, rows: SearchRows): Fold[] {
  const { k, gap } = folds;
  const mixed = folds.shuffle ? seed : null;
  try {
    if (by === 'group') return groupFolds(needed(rows.entities, 'groups'), k, mixed);
    if (by === 'time') return timeFolds(needed(rows.times, 'times'), k, gap);
    return by === 'label' ? labelFolds(rows.target, k, mixed) : rowFolds(rows.matrix.rows, k, mixed);
  } catch (error) {
    throw error instanceof InputError ? new PartError('search', `folds: ${error.message}`, { cause: error }) : error;
  }
}

function needed<Value>(values: Value | undefined, what: string): Value {
  if (values === undefined) throw new InputError(`found no ${what}, expected one for each row`);
  return values;
}

/** What a plan asks, as a hash: equal for the same candidate, columns and search. */
export function questionOf(
  { candidate, search, task, fill, encode, metric, by }: SearchPlan,
  columns: string[],
): string {
  const { family, classWeight = null, scale = null, parameters } = candidate;
  const model = [task, fill, metric, by, ...(encode === undefined ? [] : [encode])];
  return sha256(JSON.stringify([family, columns, classWeight, scale, parameters, search, ...model]));
}

/** The head of a plan's leaderboard. */
export function headOf(
  plan: SearchPlan,
  hashes: { question: string; fingerprint: string },
  startedAt: string,
): SearchResults {
  const { candidate, search, metric, better, by, settings } = plan;
  return {
    kind: 'search-results',
    schemaVersion: 1,
    candidate: candidate.name,
    family: candidate.family,
    strategy: search.strategy,
    metric,
    better,
    folds: { by, k: search.folds.k },
    seed: search.seed,
    varied: Object.keys(search.space),
    ...hashes,
    startedAt,
    finishedAt: null,
    status: 'running',
    planned: settings.length,
    best: null,
    trials: [],
  };
}
