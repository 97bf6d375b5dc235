import { blamedParameter } from '../../models/blamed-parameter.js';
import { createHash } from 'node:crypto';
import { BrokenError, CancelledError, messageOf, PartError } from '../../common/errors.js';
import type { SearchResults, Trial } from '../../documents/search-results.js';
import type { Fold } from '../../models/search/folds.js';
import { ranked } from '../../models/search/halving.js';
import { meanOfFolds } from '../../models/search/score.js';
import type { Workers } from '../workers/pool.js';
import { groupsOf, shared } from '../workers/shared-memory.js';
import { foldsOf, headOf, questionOf, type SearchPlan, type SearchRows } from './plan.js';
import type { TrialStore } from './store.js';
import type { TrialRequest } from './trial.js';

/** What a search works with besides its plan and rows. */
export interface SearchTools {
  workers: Workers;
  store: TrialStore;
  /** After each trial: how many of all are done, and the best so far in words. */
  onTrial(done: number, of: number, text: string): void;
  now: () => Date;
  signal: AbortSignal;
}

/**
 * Tries a plan's settings side by side and returns the finished leaderboard, best first known by `best`. Trials that the
 * store remembers are not run again; a failed one is recorded with its reason. The same plan and rows have the same
 * trials and the same best one, in whatever order they end.
 * @throws InputError when all trials failed, naming the first reason; CancelledError
 */
export async function runSearch(plan: SearchPlan, rows: SearchRows, tools: SearchTools): Promise<SearchResults> {
  const folds = foldsOf(plan, rows);
  const question = questionOf(plan, rows.matrix.columns);
  const fingerprint = fingerprintOf(question, rows, folds);
  const board = headOf(plan, { question, fingerprint }, tools.now().toISOString());
  const known = new Map((await tools.store.read(fingerprint)).map((trial) => [keyOf(trial), trial]));
  const asked = {
    rows: shared({ matrix: rows.matrix, target: rows.target, groups: groupsOf(rows.entities ?? []) }),
    folds: folds.map(sharedFold),
  };
  board.trials = plan.settings.map((parameters, index) => waiting(index + 1, parameters));
  const total = plan.rungs.reduce((sum, { trials }) => sum + trials, 0);
  let done = 0;
  const broke = new Set<number>();

  async function one(id: number, rung: number): Promise<void> {
    const before = known.get(`${id}-${rungNumber(plan, rung)}`);
    const trial = before ?? (await answer(id, rung));
    put(board, trial);
    // What broke for want of memory may well work the next time: it says nothing about the setting.
    if (before === undefined && !broke.has(trial.id)) await tools.store.keep(fingerprint, trial);
    board.best = bestOf(board, plan, rung);
    done += 1;
    tools.onTrial(done, total, `trial ${done} of ${total} · ${bestText(board)}`);
    await tools.store.show(board);
  }

  async function answer(id: number, rung: number): Promise<Trial> {
    const parameters = plan.settings[id - 1]!;
    const base = { ...waiting(id, parameters), rung: rungNumber(plan, rung) };
    put(board, { ...base, status: 'running' });
    const started = performance.now();
    const seconds = () => Math.round(performance.now() - started) / 1000;
    try {
      const { foldScores, figures, rounds } = await tools.workers.run({
        kind: 'trial',
        ...requestOf(plan, id, rung),
        ...asked,
      });
      const { score, std } = meanOfFolds(foldScores);
      const told = { ...base, score, std, foldScores, figures, rounds, seconds: seconds() };
      if (score !== null) return { ...told, status: 'finished' };
      return { ...told, status: 'failed', reason: `${plan.metric} could not be computed on every fold` };
    } catch (error) {
      if (tools.signal.aborted || error instanceof CancelledError) throw new CancelledError();
      if (error instanceof BrokenError) broke.add(id);
      const told = { ...base, status: 'failed' as const, seconds: seconds(), reason: messageOf(error) };
      const parameter = blamedParameter(error, plan.search.space) ?? blamedParameter(error, plan.candidate.parameters);
      return parameter === undefined ? told : { ...told, parameter };
    }
  }

  const end = async (status: SearchResults['status']) => {
    Object.assign(board, { status, finishedAt: tools.now().toISOString() });
    await tools.store.show(board, true);
  };
  let alive = plan.settings.map((_, index) => index + 1);
  for (const rung of plan.rungs.keys()) {
    await sideBySide(alive, tools.workers.size, (id) => one(id, rung)).catch(async (error: unknown) => {
      // What stopped the search is what a person should hear of, whatever comes of this.
      await end('interrupted').catch(() => undefined);
      throw error;
    });
    alive = promote(board, plan, alive, rung);
  }
  await end('finished');
  if (board.best === null) throw allFailed(board);
  return board;
}

/** The trials that go on from a rung, the last one's to the end; the others are marked as stopped. */
function promote(board: SearchResults, { rungs, better }: SearchPlan, alive: number[], rung: number): number[] {
  const finished = board.trials.filter(({ id, status }) => alive.includes(id) && status === 'finished');
  const best = ranked(finished, better).slice(0, rungs[rung + 1]?.trials);
  for (const trial of finished) if (!best.includes(trial)) trial.status = 'stopped';
  return best.map(({ id }) => id).sort((one, other) => one - other);
}

/** What a worker is asked for a trial, but for the rows and folds that all trials share. */
function requestOf(plan: SearchPlan, id: number, rung: number): Omit<TrialRequest, 'rows' | 'folds'> {
  const { candidate, task, fill, encode, metric, resource } = plan;
  const parameters = { ...candidate.parameters, ...plan.settings[id - 1] };
  const { share } = plan.rungs[rung]!;
  return { id, task, fill, encode, candidate: { ...candidate, parameters }, metric, share, resource };
}

/**
 * Works through a list with so many at a time, in its order. The first failure ends it, when what was under way has come
 * to an end too: nothing is written once this has ended.
 */
async function sideBySide<Item>(items: Item[], size: number, work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  let failed = false;
  const runner = async () => {
    for (let item = left.shift(); item !== undefined && !failed; item = left.shift()) {
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(size, items.length) }, runner));
  const first = ended.find((one) => one.status === 'rejected');
  if (first !== undefined) throw first.reason;
}

const waiting = (id: number, parameters: Record<string, unknown>): Trial => ({
  id,
  status: 'waiting',
  parameters,
  score: null,
  std: null,
  foldScores: [],
  rounds: null,
  rung: null,
  seconds: null,
});

/** Rungs count from 1; a search without halving has none. */
const rungNumber = ({ rungs }: SearchPlan, rung: number) => (rungs.length === 1 ? null : rung + 1);

const keyOf = ({ id, rung }: Trial) => `${id}-${rung}`;

function put(board: SearchResults, trial: Trial): void {
  board.trials = board.trials.map((other) => (other.id === trial.id ? trial : other));
}

/** The best of those that came as far as any: figures of an earlier rung are not comparable. */
function bestOf(board: SearchResults, plan: SearchPlan, rung: number): number | null {
  const number = rungNumber(plan, rung);
  const there = board.trials.filter((trial) => trial.status === 'finished' && trial.rung === number);
  return ranked(there, plan.better)[0]?.id ?? null;
}

function bestText({ trials, best }: SearchResults): string {
  const trial = trials.find(({ id }) => id === best);
  return trial?.score == null ? 'none has a score yet' : `best ${trial.score.toFixed(4)} (trial ${trial.id})`;
}

function allFailed({ trials }: SearchResults): PartError {
  const failed = trials.filter(({ status }) => status === 'failed');
  const [first] = failed;
  return new PartError(
    'search',
    `all ${failed.length} trials failed, expected one to succeed; the first: ${first?.reason ?? 'unknown'}`,
    { parameter: first?.parameter },
  );
}

function sharedFold({ train, test }: Fold): Fold {
  const inShared = (rows: Int32Array) => {
    const copy = new Int32Array(new SharedArrayBuffer(rows.byteLength));
    copy.set(rows);
    return copy;
  };
  return { train: inShared(train), test: inShared(test) };
}

/** Equal for the same question of the same rows on the same folds. */
function fingerprintOf(question: string, { matrix, target }: SearchRows, folds: Fold[]): string {
  const hash = createHash('sha256').update(question);
  for (const values of [...matrix.values, target]) hash.update(bytesOf(values));
  // Codes mean nothing without their words.
  const words = Object.entries(matrix.categories ?? {});
  if (words.length > 0) hash.update(JSON.stringify(words));
  for (const { train, test } of folds) hash.update(bytesOf(train)).update(bytesOf(test));
  return hash.digest('hex');
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Int32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);
