import assert from 'node:assert/strict';
import { byService } from '../../../src/pipeline/releasing/plan.js';
import { deploymentOf } from '../../../src/platform/aws/endpoints/rollout.js';
import { releaseSchema } from '../../../src/project/parts/release-schema.js';
import { guardrailsOf } from '../../doubles/aws/own/guardrails.js';

const settingsOf = (settings: object) => releaseSchema.parse(settings);
const goes = (settings: object, rollbackOn: string[]) => byService(settingsOf(settings), rollbackOn);

describe('what deployment guardrails can do', () => {
  it('takes a canary, equal steps and all at once that alarms watch', () => {
    assert.ok(goes({ strategy: 'canary' }, ['a']));
    assert.ok(goes({ strategy: 'linear', steps: [50, 100] }, ['a']));
    assert.ok(goes({ strategy: 'all-at-once', bake: '1h' }, ['a']));
    assert.ok(goes({ strategy: 'all-at-once' }, ['error_rate > 0.01']), 'what is not watched needs no rule');
  });

  it('leaves to us what it knows nothing of', () => {
    for (const [settings, rollbackOn] of [
      [{ strategy: 'canary' }, ['error_rate > 0.01']],
      [{ strategy: 'canary', smoke: 'smoke.jsonl' }, ['a']],
      [{ strategy: 'canary', bake: '2h' }, ['a']],
      [{ strategy: 'linear', steps: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100], bake: '1h' }, ['a']],
      [{ strategy: 'linear', steps: [5, 100] }, ['a']],
      [{ strategy: 'ramp' }, ['a']],
      [{ strategy: 'canary' }, []],
      [{ strategy: 'canary' }, Array.from({ length: 10 }, (_, at) => `alarm-${at}`)],
    ] as [object, string[]][])
      assert.equal(goes(settings, rollbackOn), false, JSON.stringify(settings));
  });

  it('asks for it within the limits of SageMaker, which has to wait no longer than it may', () => {
    const alarms = ['a', 'brake'];
    for (const rollout of [
      { strategy: 'canary', step: 0.5, waitSeconds: 3600, alarms },
      { strategy: 'linear', step: 0.1, waitSeconds: 2520, alarms },
      { strategy: 'all-at-once', waitSeconds: 0, alarms },
    ] as const) {
      const found = guardrailsOf(deploymentOf(rollout) as Record<string, unknown>);
      assert.deepEqual(typeof found === 'string' ? found : found.alarms, alarms);
    }
  });
});
