import assert from 'node:assert/strict';
import { BrokenError, CancelledError } from '../../../../src/common/errors.js';
import type { SearchResults, Trial } from '../../../../src/documents/search-results.js';
import { planOf } from '../../../../src/pipeline/search/plan.js';
import { runSearch } from '../../../../src/pipeline/search/run-search.js';
import type { TrialStore } from '../../../../src/pipeline/search/store.js';
import { openWorkers, type Workers } from '../../../../src/pipeline/workers/pool.js';
import { searchSchema } from '../../../../src/project/parts/search-schema.js';
import { candidateSchema } from '../../../../src/project/schema.js';
import { madePart } from '../../../support/made-part.js';

const rows = madePart(300, 5);

/** A store that can be looked into, and handed to the next search. */
function memory() {
  const kept: { fingerprint: string; trial: Trial }[] = [];
  const boards: SearchResults[] = [];
  const store: TrialStore = {
    read: (fingerprint) =>
      Promise.resolve(kept.filter((one) => one.fingerprint === fingerprint).map(({ trial }) => structuredClone(trial))),
    keep: (fingerprint, trial) => Promise.resolve(void kept.push({ fingerprint, trial: structuredClone(trial) })),
    show: (board) => Promise.resolve(void boards.push(structuredClone(board))),
  };
  return { kept, boards, store };
}

async function search(
  asked: Record<string, unknown>,
  {
    store = memory().store,
    stopAfter = Infinity,
    breaks,
    size = 1,
  }: { store?: TrialStore; stopAfter?: number; breaks?: number; size?: number } = {},
) {
  const abort = new AbortController();
  const own = openWorkers({ all: 0, one: 0 }, abort.signal);
  const ran: number[] = [];
  const said: string[] = [];
  // Only trials are run here.
  const workers = {
    ...own,
    size,
    run: (task: Parameters<Workers['run']>[0]) => {
      if (task.kind === 'trial') ran.push(task.id);
      if (task.kind === 'trial' && task.id === breaks) return Promise.reject(new BrokenError('out of memory'));
      return own.run(task);
    },
  } as Workers;
  const candidate = candidateSchema.parse({
    name: 'it',
    family: 'lightgbm',
    columns: ['*'],
    parameters: { num_iterations: 9, seed: 1 },
  });
  const settings = searchSchema.parse({ trials: 6, folds: { k: 3 }, ...asked });
  const plan = planOf({ candidate, task: 'binary', fill: {} }, settings, rows, 'roc_auc');
  const onTrial = (done: number, _of: number, text: string) => {
    said.push(text);
    if (done >= stopAfter) abort.abort();
  };
  const now = () => new Date('2026-11-21T09:00:00Z');
  const board = await runSearch(plan, rows, { workers, store, onTrial, now, signal: abort.signal }).catch(
    (error: unknown) => error,
  );
  return { board: board as SearchResults, error: board, ran, said };
}

const space = { num_leaves: [2, 3, 7, 15], learning_rate: { from: 0.01, to: 0.5, scale: 'log' } };
const untimed = ({ trials, best }: SearchResults) => ({
  best,
  trials: trials.map((trial) => ({ ...trial, seconds: 0 })),
});

describe('a search', function () {
  this.timeout(60_000);

  it('tries the same settings with the same scores for the same seed, others for another', async () => {
    const [one, again, other] = [await search({ space }), await search({ space }), await search({ space, seed: 1 })];
    assert.deepEqual(untimed(again.board), untimed(one.board));
    assert.notDeepEqual(untimed(other.board), untimed(one.board));
    const scores = one.board.trials.map(({ score }) => score!);
    assert.equal(one.board.trials[one.board.best! - 1]!.score, Math.max(...scores));
    assert.deepEqual(one.board.folds, { by: 'group', k: 3 }, 'entities have three rows each');
    assert.match(one.said.at(-1)!, /^trial 6 of 6 · best 0\.\d{4} \(trial \d\)$/);
  });

  it('goes on where it was cancelled: finished trials are not run again, and the best is the same', async () => {
    const { store, kept, boards } = memory();
    const first = await search({ space }, { store, stopAfter: 3 });
    assert.ok(first.error instanceof CancelledError);
    assert.equal(boards.at(-1)!.status, 'interrupted');
    assert.equal(kept.length, 3);
    const second = await search({ space }, { store });
    assert.deepEqual(second.ran, [4, 5, 6]);
    assert.deepEqual(untimed(second.board), untimed((await search({ space })).board));
  });

  it('that is cancelled says so last, however slowly its leaderboards are written', async () => {
    const written: string[] = [];
    const writing: Promise<void>[] = [];
    const write = async (status: string, turns: number) => {
      for (let turn = turns; turn > 0; turn -= 1) await new Promise(setImmediate);
      written.push(status);
    };
    const slow: TrialStore = {
      ...memory().store,
      show({ status }, end) {
        const one = write(status, end === true ? 0 : 20);
        writing.push(one);
        return one;
      },
    };
    const { error } = await search({ space }, { store: slow, stopAfter: 3, size: 3 });
    assert.ok(error instanceof CancelledError);
    await Promise.all(writing);
    assert.equal(written.at(-1), 'interrupted');
  });

  it('does not take trials of another question for its own', async () => {
    const { store } = memory();
    await search({ space }, { store });
    assert.equal((await search({ space, seed: 9 }, { store })).ran.length, 6);
    assert.equal((await search({ space, metric: 'log_loss' }, { store })).ran.length, 6);
  });

  it('records a trial that fails, with the reason, and goes on', async () => {
    const { board } = await search({ strategy: 'grid', space: { num_leaves: [0, 3] } });
    assert.deepEqual(
      board.trials.map(({ status }) => status),
      ['failed', 'finished'],
    );
    assert.match(board.trials[0]!.reason!, /num_leaves.* is 0, expected/);
    assert.equal(board.best, 2);
  });

  it('tries a trial again whose worker died: that says nothing about its setting', async () => {
    const { store } = memory();
    const { board } = await search({ space }, { store, breaks: 2 });
    assert.deepEqual([board.trials[1]!.status, board.trials[1]!.reason], ['failed', 'out of memory']);
    const second = await search({ space }, { store });
    assert.deepEqual(second.ran, [2]);
    assert.deepEqual(untimed(second.board), untimed((await search({ space })).board));
  });

  it('fails when all trials do, naming the first reason', async () => {
    const { error } = await search({ strategy: 'grid', space: { num_leaves: [0, -1] } });
    assert.match(String(error), /search: all 2 trials failed.*the first: .*num_leaves.* is 0/);
  });

  it('that halves stops most trials early and judges the last ones with all rounds', async () => {
    const { board, ran } = await search({ strategy: 'halving', trials: 9, space });
    assert.equal(ran.length, 9 + 3 + 1);
    const last = board.trials.filter(({ status }) => status === 'finished');
    assert.deepEqual(
      last.map(({ id, rung, rounds }) => ({ id, rung, rounds })),
      [{ id: board.best, rung: 3, rounds: 9 }],
    );
    assert.deepEqual([...new Set(board.trials.filter(({ rung }) => rung === 1).map(({ rounds }) => rounds))], [1]);
  });

  it('finds less loss better where the figure is a loss', async () => {
    const { board } = await search({ space, metric: 'log_loss' });
    assert.equal(board.better, 'lower');
    assert.equal(board.trials[board.best! - 1]!.score, Math.min(...board.trials.map(({ score }) => score!)));
  });
});
