import assert from 'node:assert/strict';
import type { Override } from '../../../src/documents/ledger.js';
import { newLiveRun } from '../../../src/vscode/runs/live-run.js';
import { statusEntries, type EntryInput } from '../../../src/vscode/status-bar/entries.js';
import { now } from './support.js';

const skip: Override = {
  name: 'forceSkipRetrain',
  reason: 'roll-out',
  by: 'ops',
  setAt: '',
  expiresAt: '2026-11-24T00:00:00Z',
};

function texts(parts: Partial<EntryInput>): string[] {
  const input: EntryInput = {
    ...{
      project: 'churn',
      environment: 'local',
      kind: 'local',
      readOnlyBecause: undefined,
      verdict: null,
      broken: null,
    },
    ...{ overrides: [], differing: [], live: undefined, watch: { kind: 'off' }, now },
    ...parts,
  };
  return statusEntries(input).map(({ text, warning }) => (warning ? `[${text}]` : text));
}

describe('the status bar', () => {
  it('shows where the project runs, and nothing else when there is nothing to say', () => {
    assert.deepEqual(texts({}), ['$(record) local']);
  });

  it('shows the last verdict in an icon and a word', () => {
    assert.deepEqual(texts({ verdict: 'fail' }), ['$(record) local', '$(close) churn: fail']);
  });

  it('never says a verdict of before over what broke since', () => {
    const failed = { runId: 'r', stage: 'features', status: 'failed', reason: 'features.sql, line 14' } as const;
    assert.equal(texts({ verdict: 'pass', broken: failed })[1], '$(run-errors) churn: features failed');
    const killed = { ...failed, stage: null, status: 'interrupted' } as const;
    assert.equal(texts({ verdict: 'pass', broken: killed })[1], '$(debug-disconnect) churn: run interrupted');
    assert.equal(
      texts({ verdict: 'pass', unreadable: 'mlops.json:3:5' })[1],
      '$(error) churn: mlops.json cannot be read',
    );
  });

  it('warns while an override is on, and says until when', () => {
    assert.deepEqual(texts({ overrides: [skip] }).at(-1), '[$(warning) override: skip retrain until 24 Nov]');
    const force: Override = { ...skip, name: 'forceRetrain', expiresAt: null };
    assert.equal(
      texts({ overrides: [force, skip] }).at(-1),
      '[$(warning) override: retrain, skip retrain until 24 Nov]',
    );
  });

  it('shows a run that works in place of the last verdict', () => {
    assert.deepEqual(texts({ verdict: 'fail', live: newLiveRun('r') })[1], '$(loading~spin) churn: starting');
  });

  it('offers a setting that differs without warning', () => {
    assert.equal(texts({ differing: ['forceRetrain'] }).at(-1), '$(gear) override setting not applied');
  });

  it('says who watches, and warns when nobody does or a duty fails', () => {
    const place = { environment: 'prod', since: '2026-11-22T10:00:00Z', failing: [] as string[] };
    const watch = (state: EntryInput['watch']) => texts({ watch: state }).at(-1);
    assert.equal(watch({ kind: 'starting', environment: 'prod' }), '$(eye) watching…');
    assert.equal(watch({ kind: 'watching', ...place }), '$(eye) watching');
    assert.equal(watch({ kind: 'elsewhere', ...place, pid: 7, host: 'h' }), '$(eye) watched elsewhere');
    const failing = ['alarms: no metrics'];
    assert.equal(watch({ kind: 'watching', ...place, failing }), '[$(eye) watching: alarms failed]');
    assert.equal(watch({ kind: 'failed', environment: 'prod', why: 'no' }), '[$(eye-closed) not watching]');
  });

  it('says that an account is read-only, and warns while it is not', () => {
    const aws = { kind: 'aws', environment: 'prod' } as const;
    assert.deepEqual(texts({ ...aws, readOnlyBecause: 'because' }), ['$(cloud) AWS prod: read-only']);
    assert.deepEqual(texts(aws), ['$(cloud) AWS prod', '[$(unlock) AWS: writing is on]']);
  });

  it('names region and account, for people have several that are called prod', () => {
    const place = { kind: 'aws', environment: 'prod', region: 'us-east-1', readOnlyBecause: 'because' } as const;
    assert.deepEqual(texts(place), ['$(cloud) AWS prod · us-east-1: read-only']);
    const known = { ...place, account: '123456789012' };
    assert.deepEqual(texts(known), ['$(cloud) AWS prod · us-east-1 · 123456789012: read-only']);
  });
});
