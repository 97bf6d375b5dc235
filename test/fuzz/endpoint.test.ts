import assert from 'node:assert/strict';
import { attackedEndpoint, type AttackedEndpoint } from '../support/attacked-endpoint.js';
import { npy } from '../support/npy.js';
import { fuzz, fuzzSeconds, type Target } from './fuzz.js';

describe('an endpoint that anybody may ask', function () {
  this.timeout(fuzzSeconds * 1000 + 60_000);
  let endpoint: AttackedEndpoint;
  before(async () => {
    endpoint = await attackedEndpoint();
  });
  after(() => endpoint.end());

  const kinds: [type: string, seeds: (string | Uint8Array)[]][] = [
    [
      'application/json',
      ['[[1, 2, 3]]', '{"features": {"alpha": 1, "beta": 2, "gamma": NaN}}', '[{"alpha": 1, "beta": 2, "gamma": 3}]'],
    ],
    ['application/jsonlines', ['[1, 2, 3]\n{"features": [4, 5, 6]}\n']],
    ['text/csv', ['1,2,3\n4,5,6\n', 'gamma,alpha,beta\n"3",1,2\n']],
    ['application/x-npy', [npy('(2, 3)', '<f8', 48), npy('(3,)', '<i4', 12)]],
  ];
  for (const [type, seeds] of kinds)
    it(`neither breaks, hangs nor grows with ${type}`, async () => {
      const target: Target = {
        ...{ name: `requests of ${type}`, seeds: seeds.map((seed) => Buffer.from(seed)), timed: false },
        async attempt(input) {
          let status = 0;
          const longest = await endpoint.longestPing(async () => ({ status } = await endpoint.post(input, type)));
          if (status >= 500) throw new Error(`answered ${status}`);
          if (longest > 1000) throw new Error(`/ping took ${longest} ms`);
        },
        memory: () => endpoint.memory(),
      };
      const { inputs, found } = await fuzz(target, (0.4 * fuzzSeconds) / kinds.length);
      process.stdout.write(`      ${inputs} inputs\n`);
      assert.deepEqual(found, []);
    });
});
