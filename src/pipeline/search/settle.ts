import { keys } from '../../documents/keys.js';
import { searchResultsSchema, type SearchResults } from '../../documents/search-results.js';
import type { Candidate } from '../../project/schema.js';
import type { StageContext } from '../stage.js';
import { readDocument } from '../store.js';
import { columnsOf } from '../candidates/candidate.js';
import { checkNames } from '../candidates/families.js';
import { choiceOf } from '../candidates/choice.js';
import { inCandidate } from '../candidates/place-of-error.js';
import { partNames } from '../../common/parts.js';
import { groupName, selectColumns, type Part } from '../evaluating/parts.js';
import { openWorkers } from '../workers/pool.js';
import { planOf, questionOf, type SearchPlan, type SearchRows } from './plan.js';
import { runSearch } from './run-search.js';
import { bucketTrials } from './store.js';
import { timesOfRecords, type GroupFiles } from './times.js';

/** A candidate with nothing left to look for, and the search that settled it. */
export interface Settled {
  candidate: Candidate;
  found?: { trial: number; trials: number; metric: string; score: number | null };
}

/**
 * The project's candidates, each with its parameters: those that `search` are looked for on the rows of `fit`.
 * @param again false: what an earlier search found stays, where it asked the same (a retraining)
 */
export async function settleCandidates(context: StageContext, fit: Part, again: boolean): Promise<Settled[]> {
  const settled: Settled[] = [];
  const { folder, file } = context.project;
  // Before hours of trials, of this candidate or of one before it.
  for (const [index, candidate] of file.model.candidates.entries()) checkCandidate(folder, index, candidate);
  for (const [index, candidate] of context.project.file.model.candidates.entries()) {
    const work = candidate.search === undefined ? { candidate } : settle(context, candidate, fit, again);
    settled.push(
      await Promise.resolve(work).catch((error: unknown) => {
        throw inCandidate(context.project.folder, index, candidate, error);
      }),
    );
  }
  return settled;
}

/** @throws InputError at the line of a parameter that the candidate's family does not know */
function checkCandidate(folder: string, index: number, candidate: Candidate): void {
  const { family, parameters, search } = candidate;
  try {
    checkNames(family, [...Object.keys(parameters), ...Object.keys(search?.space ?? {})]);
  } catch (error) {
    throw inCandidate(folder, index, candidate, error);
  }
}

async function settle(context: StageContext, whole: Candidate, fit: Part, again: boolean): Promise<Settled> {
  const { search, ...candidate } = whole;
  const { model } = context.project.file;
  const columns = columnsOf(candidate, fit, context.project.file.model.encode);
  const { entities } = fit;
  const rows: SearchRows = { matrix: selectColumns(fit.matrix, columns), target: fit.target, entities };
  const plan = planOf(
    { candidate, task: model.task, fill: model.fill, encode: model.encode },
    search!,
    rows,
    choiceOf(model).metric,
  );
  const earlier = again ? undefined : await found(context, plan, columns);
  if (earlier !== undefined) return settledBy(candidate, earlier);
  if (plan.by === 'time') rows.times = await timesOf(context, fit);
  return settledBy(candidate, await searched(context, plan, rows));
}

/** What an earlier search answered to the same question. */
async function found(context: StageContext, plan: SearchPlan, columns: string[]): Promise<SearchResults | undefined> {
  const key = keys.searchResults(plan.candidate.name);
  const board = await readDocument(context.environment.objects, key, searchResultsSchema);
  return board?.status === 'finished' && board.question === questionOf(plan, columns) ? board : undefined;
}

async function searched(context: StageContext, plan: SearchPlan, rows: SearchRows): Promise<SearchResults> {
  const { report, signal } = context;
  const { name } = plan.candidate;
  const { rows: count, columns } = rows.matrix;
  const one = count * columns.length;
  const workers = openWorkers({ all: one * plan.search.folds.k * plan.settings.length, one }, signal);
  try {
    return await runSearch(plan, rows, {
      workers,
      store: bucketTrials(context, name),
      onTrial(done, of, text) {
        report.progress('trials', done, of, name);
        report.message('info', `${name}: ${text}`);
      },
      now: () => new Date(),
      signal,
    });
  } finally {
    await workers.close();
  }
}

function settledBy(candidate: Candidate, { trials, best, metric }: SearchResults): Settled {
  const trial = trials.find(({ id }) => id === best)!;
  const parameters = { ...candidate.parameters, ...trial.parameters };
  const found = { trial: trial.id, trials: trials.length, metric, score: trial.score };
  return { candidate: { ...candidate, parameters }, found };
}

/** The rows' own times; undefined where the project has none. */
async function timesOf({ project, environment, scratch, signal }: StageContext, fit: Part) {
  const { name, features } = project.file;
  if (features.time === undefined) return undefined;
  const groups: GroupFiles[] = [];
  for (const part of partNames) {
    const [files, group] = await Promise.all([
      environment.features.files(groupName(name, part), { signal }),
      environment.features.describe(groupName(name, part), { signal }),
    ]);
    groups.push({ files, group });
  }
  return timesOfRecords(fit.recordIds, features.time, groups, scratch, signal);
}
