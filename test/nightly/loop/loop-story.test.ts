import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomSource } from '../../../src/models/random-source.js';
import { mlops } from '../../support/cli.js';
import { storyOf } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary.js';

/** Prices of houses by their area and age; `price` says how. */
function houses(count: number, seed: number, price: (area: number, age: number, noise: number) => number): string {
  const random = randomSource(seed);
  const lines = Array.from({ length: count }, (_, at) => {
    const [area, age] = [50 + Math.round(100 * random()), Math.round(40 * random())];
    return `h${seed}-${at},${area},${age},${price(area, age, random()).toFixed(2)}`;
  });
  return `house,area,age,price\n${lines.join('\n')}\n`;
}
const usual = (area: number, age: number, noise: number) => 3 * area - age + 120 * noise;

describe('the loop, as watching does it, on a virtual clock', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const folder = join(place.path, 'houses');
  let story: Awaited<ReturnType<typeof storyOf>>;
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  before(async () => {
    mkdirSync(folder);
    file('houses.csv', houses(600, 1, usual));
    file('features.sql', 'SELECT * FROM houses');
    const candidate = { name: 'trees', family: 'lightgbm', columns: ['area', 'age'] };
    const parameters = { num_leaves: 15, learning_rate: 0.1, num_boost_round: 120, min_child_samples: 10, seed: 1 };
    file(
      'mlops.json',
      JSON.stringify({
        ...{ name: 'houses', sources: { houses: { files: 'houses.csv' } } },
        features: { entity: 'house', split: { by: 'entity', train: 0.5, validation: 0.1, test: 0.2, production: 0.2 } },
        model: { task: 'regression', target: 'price', candidates: [{ ...candidate, parameters }] },
        endpoint: { name: 'houses' },
        monitor: {
          gates: [
            { id: 'r2', level: 'hard', rule: 'r2 >= 0.8', action: 'retrain' },
            { id: 'drift', level: 'hard', rule: 'z_mean(*) <= 2', action: 'retrain' },
          ],
        },
        loop: { every: '1h' },
      }),
    );
    const { code, stderr } = await mlops(['run', '--project', folder]);
    assert.equal(code, 0, stderr);
    story = await storyOf(folder);
  });
  after(async () => {
    await story.end();
    place.remove();
  });

  it('goes from healthy over a drift to a retrained version that serves, waits for its cool-down, and keeps what is no better from serving', async () => {
    const strange = file(
      'strange.csv',
      houses(300, 5, (_area, _age, noise) => 900 * noise),
    );
    const { traffic, tell } = story;
    const { looks, all } = await tell([
      () => traffic({}),
      () => traffic({ profile: 'drift', shifts: [{ column: 'area', sigmas: 4 }], seed: 2 }),
      () => traffic({ profile: 'drift', shifts: [{ column: 'age', sigmas: 6 }], seed: 3, labels: false }),
      () => traffic({ rows: strange, seed: 4 }),
    ]);
    const [first, healthy, drifted, cooling, refused] = looks.map(({ lines }) => lines);
    assert.match(first!.join(), /^keep recorded nothing to do/, all);
    assert.deepEqual(healthy, [], 'the same answer is said once');
    assert.equal(drifted!.length, 2, all);
    assert.match(drifted![0]!, /^retrain recorded retrain: (major|concept) in/);
    assert.match(drifted![1]!, /^retrain promoted no worse: r2 0\.\d+ against/);
    assert.match(cooling!.join(), /^keep recorded held: cool-down for another 5 h/, all);
    assert.match(refused![0]!, /^retrain recorded retrain: concept/, all);
    assert.match(refused![1]!, /^retrain refused fail on rows it never saw: .*r2 0\.\d+ against/, all);
    assert.equal(await story.serves(), 'v2');
  });
});
