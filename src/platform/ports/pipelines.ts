import type { CallOptions } from './calls.js';
import type { JobKind } from './jobs.js';
import type { PageOptions, Page } from './pages.js';

export interface PipelineInfo {
  name: string;
  arn: string;
  /** JSON text. */
  definition: string;
  role: string;
  updatedAt: string;
}

export interface PipelineExecution {
  arn: string;
  /** The last part of the ARN. */
  id: string;
  status: string;
  startedAt: string;
  /** Why it failed. */
  reason?: string;
}

export interface PipelineStep {
  name: string;
  /** `Processing`, `Condition`, …; undefined while it has not begun. */
  type?: string;
  status: string;
  startedAt?: string;
  endedAt?: string;
  reason?: string;
  job?: { kind: JobKind; name: string };
  /** Of a condition: `True` or `False`. */
  outcome?: string;
}

export interface PipelineReader {
  describe(name: string, options?: CallOptions): Promise<PipelineInfo | undefined>;
  /** Newest first. */
  executions(name: string, options?: PageOptions): Promise<Page<PipelineExecution>>;
  execution(arn: string, options?: CallOptions): Promise<PipelineExecution | undefined>;
  /** In the order in which they began. */
  steps(arn: string, options?: PageOptions): Promise<Page<PipelineStep>>;
}

export interface PipelineWriter {
  /** Creates or replaces by name. */
  put(
    pipeline: { name: string; description: string; definition: string; role: string },
    options?: CallOptions,
  ): Promise<PipelineInfo>;
  /** Answers with the execution's ARN. The same token starts nothing twice. */
  start(name: string, parameters: Record<string, string>, options?: CallOptions & { token?: string }): Promise<string>;
}
