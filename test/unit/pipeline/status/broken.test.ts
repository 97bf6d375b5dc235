import assert from 'node:assert/strict';
import { brokenIn } from '../../../../src/pipeline/status/broken.js';
import { aRun, stageRecord } from '../../vscode/support.js';

const stage = { name: 'features', finishedAt: null, summary: null, figures: {}, runId: null, damage: [] } as const;
const failure = { runId: 'a', at: '', status: 'failed', reason: 'no column' } as const;

describe('what broke and is not mended', () => {
  it('is the newest run that failed or was killed, with its stage', () => {
    const stages = [stageRecord('ingest'), stageRecord('features', { status: 'failed', reason: 'no column' })];
    const lastRun = aRun({ status: 'failed', error: { message: 'no column', exitCode: 2 }, stages });
    const found = { runId: lastRun.id, stage: 'features', status: 'failed', reason: 'no column' };
    assert.deepEqual(brokenIn({ lastRun, stages: [] }), found);
    const killed = aRun({ status: 'interrupted', stages: [stageRecord('train', { status: 'running' })] });
    assert.deepEqual(brokenIn({ lastRun: killed, stages: [] })?.stage, 'train');
  });

  it('stays while other stages succeed after it', () => {
    const stages = [{ ...stage, damage: [], failure }];
    assert.equal(brokenIn({ lastRun: aRun(), stages })?.stage, 'features');
    assert.equal(brokenIn({ lastRun: aRun(), stages: [{ ...stage, damage: [], failure: null }] }), null);
  });

  it('is nothing that its user ended', () => {
    const cancelled = { ...failure, status: 'cancelled' } as const;
    assert.equal(brokenIn({ lastRun: aRun({ status: 'cancelled' }), stages: [] }), null);
    assert.equal(brokenIn({ lastRun: null, stages: [{ ...stage, damage: [], failure: cancelled }] }), null);
  });
});
