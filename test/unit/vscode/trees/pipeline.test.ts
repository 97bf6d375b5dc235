import assert from 'node:assert/strict';
import { stageNames, type StageName } from '../../../../src/documents/run.js';
import { newLiveRun } from '../../../../src/vscode/runs/live-run.js';
import { icons } from '../../../../src/vscode/trees/icons.js';
import { pipelineItems, type PipelineState } from '../../../../src/vscode/trees/pipeline.js';
import { aRun, lines, now, stageRecord } from '../support.js';

const done: Partial<Record<StageName, string>> = {
  ingest: '25 days · 539,754 rows',
  train: 'lightgbm v3',
  monitor: 'fail: recall was 0.625, must be at least 0.70',
};

function state(
  parts: Partial<PipelineState> = {},
  verdict: PipelineState['status']['verdict'] = 'fail',
  damaged: Partial<Record<StageName, string[]>> = {},
): PipelineState {
  const stages = stageNames.map((name) => ({
    name,
    finishedAt: name in done ? '2026-11-21T09:31:00Z' : null,
    summary: done[name] ?? null,
    figures: {},
    runId: null,
    failure: null,
    damage: name in damaged ? damaged[name]! : [],
  }));
  const status = { stages, verdict, verdictRunId: '20261121-093105-r7k2f9', overrides: [] };
  return { status, results: undefined, decision: null, runs: [], live: undefined, strange: undefined, now, ...parts };
}

const lineOf = (stage: string, of: PipelineState) => lines(pipelineItems(of)).find((line) => line.includes(stage));

describe('the pipeline tree', () => {
  it('says of each stage what it did and how long ago, and by its icon how it stands', () => {
    assert.equal(lineOf('Ingest', state()), 'pass Ingest | 25 days · 539,754 rows · 2 min ago');
    assert.equal(lineOf('Features', state()), 'never Features | not run yet');
    assert.equal(
      lineOf('Monitor', state()),
      'fail Monitor | fail: recall was 0.625, must be at least 0.70 · 2 min ago',
    );
  });

  it('says once, above the stages, what came with a clone and is not used', () => {
    const strange = '/p/.mlops was not made here by you: its data are read, the endpoints that it names are not used';
    const [first, next] = pipelineItems(state({ strange }));
    assert.deepEqual([first!.icon, first!.description], ['warn', 'not trusted']);
    assert.ok(first!.tooltip!.startsWith(strange));
    assert.equal(next!.label, 'Ingest');
    assert.equal(pipelineItems(state())[0]!.label, 'Ingest');
  });

  it('warns of a stage that left out damaged input', () => {
    const items = pipelineItems(state({}, 'fail', { ingest: ['q1.zip: 2025-01-02.csv, line 3: found "many"'] }));
    const ingest = items.find(({ label }) => label === 'Ingest')!;
    assert.equal(ingest.icon, 'warn');
    assert.match(ingest.tooltip!, /2025-01-02\.csv, line 3/);
  });

  it('says that a stage was skipped and why', () => {
    const runs = [aRun({ stages: [stageRecord('ingest', { status: 'skipped', reason: 'unchanged' })] })];
    assert.match(lineOf('Ingest', state({ runs }))!, /skipped, unchanged · 2 min ago$/);
  });

  it('shows a failure of the newest run with its reason, not the success before it', () => {
    const failed = stageRecord('train', { status: 'failed', reason: 'no target column\nsecond line' });
    const runs = [
      aRun({ status: 'failed', stages: [stageRecord('ingest'), failed] }),
      aRun({ id: 'older', stages: [stageRecord('train')] }),
    ];
    assert.equal(lineOf('Train', state({ runs })), 'broke Train | failed · no target column · 2 min ago');
  });

  it('leads from a stage that broke to the line that is to be mended', () => {
    const message = 'features.sql, line 14: syntax error';
    const about = { kind: 'project-file' as const, file: 'features.sql', line: 14 };
    const failed = stageRecord('features', { status: 'failed', reason: message });
    const runs = [aRun({ status: 'failed', error: { message, exitCode: 2, about }, stages: [failed] })];
    const item = pipelineItems(state({ runs })).find(({ label }) => label === 'Features')!;
    assert.deepEqual(lines([item]), ['broke Features | failed · go to line 14 · 2 min ago']);
    assert.deepEqual(
      [item.click, item.context, item.target],
      ['mlops.openCause', 'stage+features+failed', { kind: 'stage', stage: 'features', failedIn: runs[0]!.id }],
    );
  });

  it('tells what broke from what the gates refuse, by icon and word', () => {
    assert.notEqual(icons.broke.codicon, icons.fail.codicon);
    assert.notEqual(icons.broke.word, icons.fail.word);
  });

  it('shows the stage in which a run was killed as interrupted', () => {
    const runs = [aRun({ status: 'interrupted', stages: [stageRecord('train', { status: 'running' })] })];
    assert.match(lineOf('Train', state({ runs }))!, /^interrupted Train \| interrupted/);
  });

  it('shows live progress, waiting stages and the rest as they were', () => {
    const live = newLiveRun('r', ['train', 'deploy']);
    live.stages[0] = { name: 'train', status: 'running', text: '1,200 of 3,000 rounds', share: 0.4 };
    const items = state({ live });
    assert.equal(lineOf('Train', items), 'running Train | running · 40 % · 1,200 of 3,000 rounds');
    assert.equal(lineOf('Deploy', items), 'waiting Deploy | waiting');
    assert.match(lineOf('Ingest', items)!, /^pass Ingest/);
  });

  it('says what is decided about retraining: due, held, asked for, or not needed', () => {
    const keep = { action: 'keep', by: 'gates', reason: '' } as const;
    const retrain = { action: 'retrain', by: 'gates', reason: 'recall' } as const;
    const skip = {
      name: 'forceSkipRetrain',
      reason: 'r',
      by: 'ops',
      setAt: '',
      expiresAt: '2026-11-24T00:00:00Z',
    } as const;
    const held = state({ decision: { action: 'keep', by: 'override', reason: 'held' } });
    held.status.overrides = [skip];
    assert.equal(lineOf('Retrain', state({ decision: keep })), 'pass Retrain | not needed');
    assert.equal(lineOf('Retrain', state({ decision: retrain })), 'warn Retrain | due');
    assert.equal(lineOf('Retrain', held), 'held Retrain | held to 24 Nov');
    assert.match(lineOf('Retrain', state({ decision: { action: 'keep', by: 'hold', reason: '' } }))!, /^inconclusive/);
    assert.equal(lineOf('Retrain', state()), 'never Retrain | nothing decided yet');
  });

  it('does not call retraining due once it was done on that verdict', () => {
    const of = state({ decision: { action: 'retrain', by: 'gates', reason: 'recall' } });
    const stage = of.status.stages.find(({ name }) => name === 'retrain')!;
    const done = { finishedAt: '2026-11-21T09:32:00Z', summary: 'v4 replaces v3' };
    Object.assign(stage, { ...done, runId: '20261121-093105-r7k2f9' });
    assert.equal(lineOf('Retrain', of), 'pass Retrain | v4 replaces v3 · 1 min ago');
    // A retraining for an earlier verdict, although the clock of that run says it was later.
    Object.assign(stage, { ...done, runId: '20261120-080000-aaaaaa' });
    assert.equal(lineOf('Retrain', of), 'warn Retrain | due');
  });

  it('says what the recorded decision says, whatever runs before it found', () => {
    const kept = stageRecord('retrain', { status: 'skipped', reason: 'the decision is to keep: no failure' });
    const runs = [aRun(), aRun({ id: '20261120-080000-aaaaaa', stages: [kept] })];
    const of = state({ runs, decision: { action: 'retrain', by: 'gates', reason: 'recall' } });
    assert.equal(lineOf('Retrain', of), 'warn Retrain | due');
  });

  it('shows the failure that is recorded of a stage, however many runs followed that left it alone', () => {
    const monitors = Array.from({ length: 20 }, () => aRun({ stages: [stageRecord('monitor')] }));
    const of = state({ runs: monitors });
    const stage = of.status.stages.find(({ name }) => name === 'train')!;
    stage.failure = { runId: 'r', at: '2026-11-21T09:31:00Z', status: 'failed', reason: 'no target column' };
    assert.equal(lineOf('Train', of), 'broke Train | failed · no target column · 2 min ago');
  });

  it('lists past runs with verdict and stages, and opens the results of one', () => {
    const uri = 'monitoring/runs/20261121-093105-r7k2f9/monitoring_results.json';
    const monitor = stageRecord('monitor', { outputs: [{ uri, sha256: '', rows: null }] });
    const runs = [
      aRun({ verdict: 'fail', stages: [stageRecord('train'), monitor] }),
      aRun({ id: 'b', status: 'cancelled' }),
    ];
    const folder = pipelineItems(state({ runs })).at(-1)!;
    // In the time of whoever looks.
    const [verdicts, ended] = lines(folder.children!);
    assert.match(verdicts!, /^fail 2[012] Nov \d\d:\d\d \| fail · 2 min ago$/);
    assert.match(ended!, /^cancelled 2[012] Nov \d\d:\d\d \| cancelled · 2 min ago$/);
    assert.deepEqual(folder.children![0]!.target, { kind: 'run', id: runs[0]!.id, results: uri });
    assert.deepEqual(lines(folder.children![0]!.children!), [
      'pass Train | succeeded · 1.0 s',
      'pass Monitor | succeeded · 1.0 s',
    ]);
  });

  it('gives every item an id of its own', () => {
    const runs = [aRun({ stages: [stageRecord('train')] }), aRun({ id: 'other', stages: [stageRecord('train')] })];
    const all = pipelineItems(state({ runs })).flatMap((item) => [item, ...(item.children ?? [])]);
    const deep = all.flatMap((item) => [
      item.id,
      ...(item.id.startsWith('run/') ? (item.children ?? []).map(({ id }) => id) : []),
    ]);
    assert.equal(new Set(deep).size, deep.length);
  });
});
