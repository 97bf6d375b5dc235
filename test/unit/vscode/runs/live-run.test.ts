import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../../../../src/documents/run.js';
import { makeEventTail } from '../../../../src/vscode/runs/event-tail.js';
import { sizeText } from '../../../../src/common/size-text.js';
import { afterEvent, newLiveRun, nowText } from '../../../../src/vscode/runs/live-run.js';
import { temporaryFolder } from '../../../support/temporary.js';
import { aRun, stageRecord } from '../support.js';

const at = '2026-11-21T09:31:00Z';
const started: RunEvent = { type: 'run-started', at, id: 'r', pid: 7, stages: ['ingest', 'train'] };
const progress = (done: number, total: number | null, unit = 'rounds', message?: string): RunEvent => ({
  ...{ type: 'progress', at, stage: 'train', unit, done, total, message },
});
const told = (...events: RunEvent[]) => events.reduce(afterEvent, newLiveRun('r'));

describe('a run as its events tell it', () => {
  it('says what it waits for before it starts', () => {
    const run = told({ type: 'message', at, stage: null, level: 'info', text: 'waiting: run x holds this project' });
    assert.equal(nowText(run), 'waiting: run x holds this project');
    assert.equal(nowText(newLiveRun('r')), 'starting');
  });

  it('says which stage works and how far it is', () => {
    const run = told(
      started,
      { type: 'stage-started', at, stage: 'train', reason: 'never run here' },
      progress(1200, 3000),
    );
    assert.equal(nowText(run), 'train: 1,200 of 3,000 rounds');
    assert.equal(run.stages[1]!.share, 0.4);
    assert.equal(run.pid, 7);
  });

  it('says what a job in an account tells, which has no progress', () => {
    const message = (text: string): RunEvent => ({ type: 'message', at, stage: 'train', level: 'info', text });
    const begun: RunEvent = { type: 'stage-started', at, stage: 'train', reason: 'never run here' };
    const run = told(started, begun, message('job churn-train-1 (training, ml.m5.large)\nmore'));
    assert.equal(nowText(run), 'train: job churn-train-1 (training, ml.m5.large)');
  });

  it('gives no share when nobody knows how much there is', () => {
    const run = told(started, progress(1_500_000, null, 'bytes', 'reading'));
    assert.deepEqual(run.stages[1], { name: 'train', status: 'running', text: 'reading: 1.5 MB', share: null });
  });

  it('knows how each stage ended, and the run', () => {
    const record = stageRecord('ingest', { status: 'skipped', reason: 'unchanged' });
    const run = told(started, { type: 'stage-finished', at, record }, { type: 'run-finished', at, run: aRun() });
    assert.deepEqual(run.stages[0], { name: 'ingest', status: 'skipped', text: 'unchanged', share: null });
    assert.equal(run.finished?.status, 'succeeded');
  });

  it('writes sizes as file managers do', () => {
    assert.deepEqual([0, 999, 1234, 5e6, 123_456_789].map(sizeText), ['0 B', '999 B', '1.2 kB', '5.0 MB', '123 MB']);
  });
});

describe('the tail of an events file', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('waits for a file that is not there yet and for the end of a line', async () => {
    const path = join(folder.path, 'events.jsonl');
    const read = makeEventTail(path);
    assert.deepEqual(await read(), []);
    const line = JSON.stringify(started);
    await writeFile(path, line.slice(0, 20));
    assert.deepEqual(await read(), []);
    await appendFile(path, `${line.slice(20)}\n`);
    assert.deepEqual(await read(), [started]);
    assert.deepEqual(await read(), []);
  });

  it('passes over lines that it does not understand', async () => {
    const path = join(folder.path, 'others.jsonl');
    await writeFile(path, `{"type":"new kind"}\nnot json\n${JSON.stringify(started)}\n`);
    assert.deepEqual(await makeEventTail(path)(), [started]);
  });
});
