import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LedgerEntry } from '../../../src/documents/ledger.js';
import { randomSource } from '../../../src/models/random-source.js';
import { simulateTraffic, type Simulating } from '../../../src/operations/endpoints/simulate.js';
import { dutiesOf } from '../../../src/pipeline/watching/duties.js';
import { watch } from '../../../src/pipeline/watching/watch.js';
import { openLocal } from '../../../src/platform/local/index.js';
import { collect } from '../../../src/platform/ports/pages.js';
import { loadProject } from '../../../src/project/load.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const hour = 3600_000;

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
  const engine = { endpointScript: resolve('dist/endpoint.js'), node: process.execPath };
  const environment = openLocal({ projectFolder: folder, project: 'houses', engine });
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
  });
  after(async () => {
    await environment.writers('end').endpoints.remove('houses');
    place.remove();
  });

  it('goes from healthy over a drift to a retrained version that serves, waits for its cool-down, and keeps what is no better from serving', async () => {
    const project = await loadProject(folder);
    const at = {
      project,
      environment,
      signal: new AbortController().signal,
      progress: () => undefined,
      warn: () => undefined,
    };
    const traffic = (part: Partial<Simulating>) =>
      simulateTraffic.run(at, {
        ...{ profile: 'healthy', rate: 400, seconds: 0.6, seed: 1, shifts: [], labels: true, ...part },
      });
    const strange = file(
      'strange.csv',
      houses(300, 5, (_area, _age, noise) => 900 * noise),
    );
    /** What callers do in the hours before a look; the look before that saw none of it. */
    const happens = [
      () => traffic({}),
      () => traffic({ profile: 'drift', shifts: [{ column: 'area', sigmas: 4 }], seed: 2 }),
      () => traffic({ profile: 'drift', shifts: [{ column: 'age', sigmas: 6 }], seed: 3, labels: false }),
      () => traffic({ rows: strange, seed: 4 }),
    ];
    const begin = Date.now();
    const looks: LedgerEntry[][] = [];
    let now = begin;
    let seen = 0;
    const clock = {
      now: () => new Date(now),
      async wait(ms: number) {
        const entries = (await collect((page) => environment.ledger.list(page))).reverse();
        looks.push(entries.slice(seen));
        seen = entries.length;
        await happens[looks.length - 1]?.();
        now += ms;
      },
    };
    const duties = dutiesOf(project, environment).filter(({ name }) => name === 'loop');
    const said: string[] = [];
    await watch(duties, {
      ...{ clock, signal: at.signal, until: new Date(begin + 4 * hour + 1) },
      tell: ({ text, failed }) => said.push(`${failed ? 'FAILED ' : ''}${text}`),
    });
    const [first, healthy, drifted, cooling, refused] = looks.map((entries) =>
      entries.filter(({ what }) => what !== 'deploy').map(({ what, outcome, why }) => `${what} ${outcome} ${why}`),
    );
    const all = `${JSON.stringify(looks, null, 1)}\n${said.join('\n')}`;
    assert.match(first!.join(), /^keep recorded nothing to do/, all);
    assert.deepEqual(healthy, [], 'the same answer is said once');
    assert.equal(drifted!.length, 2, all);
    assert.match(drifted![0]!, /^retrain recorded retrain: (major|concept) in/);
    assert.match(drifted![1]!, /^retrain promoted no worse: r2 0\.\d+ against/);
    assert.match(cooling!.join(), /^keep recorded held: cool-down for another 5 h/, all);
    assert.match(refused![0]!, /^retrain recorded retrain: concept/, all);
    assert.match(refused![1]!, /^retrain refused fail on rows it never saw: .*r2 0\.\d+ against/, all);
    const info = await environment.endpoints.describe('houses');
    assert.equal(info?.serving?.[0]?.modelVersion, 'v2');
    for (const { evidence } of looks.flat().filter(({ who }) => who === 'loop'))
      for (const key of evidence) assert.ok(await environment.objects.head(key), key);
  });
});
