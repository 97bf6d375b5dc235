import assert from 'node:assert/strict';
import type { PipelineExecution, PipelineStep } from '../../../../src/platform/ports/pipelines.js';
import { accountPipelineItem, executionItems, stepItems } from '../../../../src/vscode/trees/executions.js';
import { lines, now } from '../support.js';

const execution = (status: string, reason?: string): PipelineExecution => ({
  ...{ id: 'abc', arn: 'arn:aws:sagemaker:us-east-1:123456789012:pipeline/churn/execution/abc' },
  ...{ status, startedAt: '2026-11-21T09:31:00Z', reason },
});

describe('the pipeline of an account, as a tree', () => {
  it('says whether it is registered, and how it last went', () => {
    const line = (registered: boolean, newest?: PipelineExecution) =>
      lines([accountPipelineItem('churn', registered, newest, now)]);
    assert.deepEqual(line(false), ['never SageMaker Pipeline | not registered']);
    assert.deepEqual(line(true), ['never SageMaker Pipeline | no executions yet']);
    assert.deepEqual(line(true, execution('Executing')), ['running SageMaker Pipeline | running · 2 min ago']);
    assert.deepEqual(line(true, execution('Failed')), ['broke SageMaker Pipeline | failed · 2 min ago']);
  });

  it('opens only when there is something in it', () => {
    assert.equal(accountPipelineItem('churn', true, undefined, now).lazy, false);
    assert.equal(accountPipelineItem('churn', true, execution('Succeeded'), now).lazy, true);
  });

  it('says why an execution failed', () => {
    const [item] = executionItems([execution('Failed', 'step Judge failed\nmore')], now);
    assert.equal(item!.description, 'failed · step Judge failed · 2 min ago');
    assert.match(item!.tooltip!, /more/);
  });

  it('shows steps with what was decided, how long each took and why one failed', () => {
    const steps: PipelineStep[] = [
      {
        ...{ name: 'Judge', status: 'Succeeded' },
        ...{ startedAt: '2026-11-21T09:31:00Z', endedAt: '2026-11-21T09:31:42Z' },
      },
      { name: 'Check', status: 'Succeeded', outcome: 'True' },
      { name: 'Retrain', status: 'Failed', reason: 'AlgorithmError: no rows\nat x' },
      { name: 'Deploy', status: 'Stopped' },
    ];
    const target = { kind: 'execution', id: 'abc', arn: 'a' } as const;
    assert.deepEqual(lines(stepItems(target, steps)), [
      'pass Judge | succeeded · 42 s',
      'pass Check | yes',
      'broke Retrain | failed · AlgorithmError: no rows',
      'cancelled Deploy | stopped',
    ]);
    assert.deepEqual(
      stepItems(target, steps).map(({ click }) => click),
      Array(4).fill('mlops.showExecution'),
    );
  });
});
