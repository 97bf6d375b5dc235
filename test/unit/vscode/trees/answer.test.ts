import assert from 'node:assert/strict';
import { newLiveRun } from '../../../../src/vscode/runs/live-run.js';
import { answerItems, type Asked } from '../../../../src/vscode/trees/answer.js';
import { aRun, lines, now, stageRecord } from '../support.js';

const status: Asked['status'] = {
  ...{ lastRun: null, stages: [], verdict: 'fail', verdictAt: '2026-11-21T09:31:00Z', judgedVersion: 'v3' },
  ...{ overrides: [], alarms: [], environment: 'local' },
};
const decision = { action: 'keep', by: 'override', reason: 'held' } as const;
const said = (parts: Partial<Asked> = {}) => lines(answerItems({ status, decision, live: undefined, now, ...parts }));

describe('the answer above the stages', () => {
  it('is verdict and decision, where and how long ago', () => {
    assert.deepEqual(said(), ['fail Fail · keep v3 | local · 2 min']);
    assert.deepEqual(said({ decision: { ...decision, action: 'retrain' } }), ['fail Fail · retrain | local · 2 min']);
    assert.deepEqual(said({ status: { ...status, verdict: null, verdictAt: null } }), ['never No verdict yet | local']);
  });

  it('is what broke, where something did since the verdict', () => {
    const stages = [stageRecord('features', { status: 'failed', reason: 'no column' })];
    const lastRun = aRun({ status: 'failed', stages });
    const [item] = answerItems({ status: { ...status, lastRun }, decision, live: undefined, now });
    assert.deepEqual(lines([item!]), ['broke Features failed | local · 2 min']);
    assert.deepEqual([item!.click, item!.tooltip], ['mlops.openCause', 'no column · The last verdict was fail.']);
  });

  it('is the run that works', () => {
    const live = newLiveRun('r', ['train']);
    live.stages[0] = { name: 'train', status: 'running', text: '', share: 0.4 };
    assert.deepEqual(said({ live }), ['running Running: train | 40 % · local']);
  });

  it('has a line more for an override, and for alarms', () => {
    const override = {
      name: 'forceSkipRetrain',
      reason: 'r',
      by: 'ops',
      setAt: '',
      expiresAt: '2026-11-24T00:00:00Z',
    } as const;
    const alarm = {
      name: 'a',
      state: 'ALARM',
      since: '',
      reason: '',
      rule: { kind: 'composite', text: '', endpoints: [], alarms: [] },
    } as const;
    const loud = { ...status, overrides: [override], alarms: [alarm] } as unknown as Asked['status'];
    assert.deepEqual(said({ status: loud }).slice(1), [
      'warn Override: no retrain | to 24 Nov',
      'alarm 1 alarm | see Alarms below',
    ]);
  });
});
