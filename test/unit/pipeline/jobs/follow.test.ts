import assert from 'node:assert/strict';
import { follow } from '../../../../src/pipeline/jobs/follow.js';
import type { StageContext } from '../../../../src/pipeline/stage.js';
import type { JobInfo, JobSpec } from '../../../../src/platform/ports/jobs.js';

const spec = {
  kind: 'processing',
  name: 'p-train-1',
  family: 'p-train-',
  instances: 1,
  machine: { instance: 'ml.m5.large' },
} as JobSpec;

/** A place whose one job answers as told, and what was asked of it. */
function place(
  start: () => Promise<void>,
  statuses: (JobInfo['status'] | undefined)[],
  signal = new AbortController().signal,
) {
  const asked: string[] = [];
  const told: string[] = [];
  const describe = () => {
    asked.push('describe');
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    return Promise.resolve(status === undefined ? undefined : ({ name: spec.name, status } as JobInfo));
  };
  const reader = {
    running: () => Promise.resolve([]),
    describe,
    logs: () => Promise.resolve({ lines: [], token: undefined }),
  };
  const writer = {
    start: () => {
      asked.push('start');
      return start();
    },
    stop: () => {
      asked.push('stop');
      return Promise.resolve();
    },
  };
  const context = {
    environment: { name: 'prod', cloud: { jobs: reader } },
    writers: { cloud: { jobs: writer } },
    signal,
    report: { progress: () => undefined, message: (_level: string, text: string) => void told.push(text) },
  } as unknown as StageContext;
  return { context, asked, told };
}

describe('following a job', () => {
  it('goes on when the answer to its start was lost but the job is there', async () => {
    const { context, asked } = place(() => Promise.reject(new Error('socket hang up')), ['InProgress', 'Completed']);
    await follow(context, spec);
    assert.deepEqual(asked, ['start', 'describe', 'describe']);
  });

  it('says why it was not started when there is none', async () => {
    const { context, asked } = place(() => Promise.reject(new Error('no such role')), [undefined]);
    await assert.rejects(follow(context, spec), /no such role/);
    assert.equal(asked.includes('stop'), false);
  });

  it('stops it when it is cancelled, and waits until it has stopped', async () => {
    const abort = new AbortController();
    const start = () => {
      abort.abort();
      return Promise.resolve();
    };
    const { context, asked } = place(start, ['InProgress', 'Stopping', 'Stopped'], abort.signal);
    await assert.rejects(follow(context, spec), { name: 'CancelledError' });
    assert.deepEqual(asked.slice(asked.indexOf('stop')), ['stop', 'describe', 'describe']);
  });
});
