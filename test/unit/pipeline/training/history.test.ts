import assert from 'node:assert/strict';
import { historyOf } from '../../../../src/pipeline/candidates/history.js';
import { candidateSchema } from '../../../../src/project/schema.js';

const candidate = candidateSchema.parse({ name: 'trees', family: 'lightgbm', columns: ['*'] });

function after(rounds: number, of: number, bestRound: number | null, metric = 'auc') {
  const history = historyOf(candidate);
  let passedOn = 0;
  const watch = history.watch(() => (passedOn += 1));
  for (let round = 1; round <= rounds; round++) watch({ round, rounds: of, metrics: { [metric]: round / 1000 } });
  assert.equal(passedOn, rounds);
  return history.finish(bestRound);
}

describe('how a training went', () => {
  it('is every round while they are few, with the best one and whether it stopped early', () => {
    const { rounds, series, bestRound, stoppedEarly } = after(5, 100, 2);
    assert.deepEqual(rounds, [1, 2, 3, 4, 5]);
    assert.deepEqual([bestRound, stoppedEarly], [2, true]);
    assert.deepEqual(series, [
      { metric: 'auc', part: 'validation', better: 'higher', values: [0.001, 0.002, 0.003, 0.004, 0.005] },
    ]);
  });

  it('is some hundreds of many rounds: first, last and best among them', () => {
    const { rounds, series, stoppedEarly } = after(2999, 2999, 1234);
    assert.ok(rounds.length <= 300 && rounds.length > 200, `${rounds.length} points`);
    assert.deepEqual([rounds[0], rounds.at(-1), rounds.includes(1234)], [1, 2999, true]);
    assert.equal(series[0]!.values[rounds.indexOf(1234)], 1.234);
    assert.equal(stoppedEarly, false);
  });

  it('is on the training rows, and less is better, where a learner tells its own loss', () => {
    const { series } = after(3, 1000, null, 'gradient');
    assert.deepEqual([series[0]!.part, series[0]!.better], ['train', 'lower']);
  });

  it('is null where a figure is no number', () => {
    const history = historyOf(candidate);
    history.watch(() => undefined)({ round: 1, rounds: 1, metrics: { auc: NaN } });
    assert.deepEqual(history.finish(1).series[0]!.values, [null]);
  });
});
