import assert from 'node:assert/strict';
import { releasePolicy } from '../../../src/release/policy.js';

describe('what becomes of a retrained version (reference §2.6)', () => {
  const cases: [string, Parameters<typeof releasePolicy>, string][] = [
    ['better', [false, 0.7, 0.71, 0.02], 'DEPLOY'],
    ['as good', [false, 0.7, 0.7, 0.02], 'DEPLOY'],
    ['worse by 0.02, which is 0.020000000000000018', [false, 0.7, 0.68, 0.02], 'DEPLOY_REFRESH'],
    ['worse by more', [false, 0.7, 0.679, 0.02], 'SKIP'],
    ['a little worse where nothing is allowed', [false, 0.7, 0.699], 'SKIP'],
    ['an error that falls', [true, 10, 9, 0.02], 'DEPLOY'],
    ['an error that rises', [true, 10, 10.5, 0.5], 'DEPLOY_REFRESH'],
    ['nothing to compare with', [false, null, 0.9, 0.02], 'SKIP'],
    ['no figure of its own', [false, 0.9, null, 0.02], 'SKIP'],
  ];
  for (const [what, input, answer] of cases)
    it(`${what}: ${answer}`, () => assert.equal(releasePolicy(...input).answer, answer));
});
