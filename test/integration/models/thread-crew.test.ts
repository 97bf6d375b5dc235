import assert from 'node:assert/strict';
import { BrokenError } from '../../../src/common/errors.js';
import { threadCrew } from '../../../src/pipeline/workers/crew.js';
import type { Training } from '../../../src/models/table/matrix.js';
import { trainTrees } from '../../../src/models/trees/train/train-trees.js';
import { writeLightGbm } from '../../../src/models/lightgbm-text/write-model.js';
import { kernelModule } from '../../../src/models/trees/kernel/kernel.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

/** Many rows, some columns with more than 256 values, so that bins of both widths are shared out. */
function rows(count: number, features: number): Training {
  const u = lcgNumbers(3);
  const values = Array.from({ length: features }, (_, place) =>
    Float64Array.from({ length: count }, () => (place % 3 === 0 ? Math.floor(u() * 5) : u() * 2 - 1)),
  );
  const target = Float64Array.from({ length: count }, (_, row) =>
    Number(values[0]![row]! + 2 * values[1]![row]! + u() > 2.5),
  );
  const columns = values.map((_, place) => `f${place}`);
  return { matrix: { columns, values, rows: count }, target };
}

const sharedPage = () => new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });

describe('a training that threads help in', function () {
  this.timeout(60_000);

  it('gives the same bytes as one thread alone, for any number of threads', async () => {
    const training = rows(60_000, 13);
    const small = { num_iterations: 6, max_bin: 400, min_data_in_bin: 1 };
    const asked = [
      { objective: 'binary', ...small },
      { objective: 'multiclassova', num_class: 2, bagging_fraction: 0.7, bagging_freq: 2, ...small },
      { objective: 'regression', feature_fraction: 0.4, ...small },
    ];
    for (const parameters of asked) {
      const alone = writeLightGbm(await trainTrees(training, undefined, parameters));
      for (const threads of [2, 3, 20]) {
        const crew = threadCrew(threads);
        assert.equal(writeLightGbm(await trainTrees(training, undefined, parameters, { crew })), alone);
      }
    }
  });

  it('can be cancelled, after which the threads are free for another', async () => {
    const training = rows(30_000, 10);
    const [abort, crew] = [new AbortController(), threadCrew(2)];
    const onRound = ({ round }: { round: number }) => round === 2 && abort.abort();
    const parameters = { objective: 'binary', num_iterations: 500 };
    const cancelled = trainTrees(training, undefined, parameters, { crew, signal: abort.signal, onRound });
    await assert.rejects(cancelled, { name: 'CancelledError' });
    const model = await trainTrees(training, undefined, { ...parameters, num_iterations: 2 }, { crew });
    assert.equal(model.trees.length, 2);
  });

  it('says at once when a thread fails, and at what', async () => {
    const team = await threadCrew(3).open(kernelModule(true), sharedPage(), 1);
    const harmless = [{ name: 'move', addresses: [0, 16, 16] }];
    const beyond = [{ name: 'move', addresses: [0, 2 ** 30, 16] }];
    assert.doesNotThrow(() => team.work([harmless, harmless], () => undefined));
    assert.throws(() => team.work([harmless, beyond], () => undefined), {
      message: 'a training thread failed at move',
    });
    team.leave();
  });

  it('says why a thread cannot begin', async () => {
    const opened = threadCrew(3).open(Uint8Array.from([1, 2, 3]), sharedPage(), 1);
    await assert.rejects(opened, (error) => {
      assert.ok(error instanceof BrokenError, String(error));
      assert.match(error.message, /^a training thread cannot begin: WebAssembly/);
      return true;
    });
  });
});
