import { InputError } from '../../common/errors.js';
import type { CloudReaders } from '../../platform/ports/environment.js';
import type { PipelineExecution, PipelineStep } from '../../platform/ports/pipelines.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import { everyItem } from '../../platform/ports/pages.js';

export interface PipelineView {
  name: string;
  updatedAt: string;
  /** Newest first. */
  executions: PipelineExecution[];
  /** The execution whose steps these are; undefined when there is none yet. */
  shown?: PipelineExecution;
  /** `log`: the end of a failed step's log. */
  steps: (PipelineStep & { log: string[] })[];
}

const shownExecutions = 10;

/** A pipeline with its newest executions, and one of them step by step. @throws InputError for one that is not there */
export async function showPipeline(
  { pipelines, jobs }: CloudReaders,
  name: string,
  { execution, lines, signal }: CallOptions & { execution?: string; lines: number },
): Promise<PipelineView> {
  const pipeline = await pipelines.describe(name, { signal });
  if (pipeline === undefined)
    throw new InputError(`pipeline ${name}: found none; register it with: mlops pipeline register`);
  const { items: executions } = await pipelines.executions(name, { limit: shownExecutions, signal });
  const chosen = execution === undefined ? executions[0] : executions.find(({ id }) => id === execution);
  if (chosen === undefined && execution !== undefined)
    throw new InputError(
      `pipeline ${name}: found no execution ${execution}, expected one of ${executions.map(({ id }) => id).join(', ')}`,
    );
  const { updatedAt } = pipeline;
  if (chosen === undefined) return { name, updatedAt, executions, steps: [] };
  // A list does not say why an execution failed.
  const shown = (await pipelines.execution(chosen.arn, { signal })) ?? chosen;
  const steps: PipelineView['steps'] = [];
  for await (const step of everyItem((page) => pipelines.steps(chosen.arn, page), { signal })) {
    const failed = step.status === 'Failed' && step.job !== undefined && lines > 0;
    const log = failed ? (await jobs.logs(step.job!.kind, step.job!.name, { signal })).lines.slice(-lines) : [];
    steps.push({ ...step, log });
  }
  return { name, updatedAt, executions, shown, steps };
}
