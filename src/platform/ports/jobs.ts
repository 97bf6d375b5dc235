import type { JobMachine } from '../../project/job-machine.js';
import type { CallOptions } from './calls.js';

export type JobKind = 'processing' | 'training';

export type JobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

export interface JobSpec {
  kind: JobKind;
  /** Letters, digits and single hyphens; at most 63. Unique in the account and region. */
  name: string;
  /** What the names of all jobs of this project and stage begin with. */
  family: string;
  image: string;
  role: string;
  machine: JobMachine;
  instances: number;
  /** What `mlops` is called with. */
  command: string[];
  /** Prefix of the project's files in the environment's bucket. */
  project: string;
  /** Prefix that a training job's packed model goes below. */
  output: string;
  variables: Record<string, string>;
}

export interface JobInfo {
  kind: JobKind;
  name: string;
  status: JobStatus;
  /** Why it failed, in the container's own words where it left some. */
  reason?: string;
  /** What a training job is doing at the moment: `Downloading`, `Training`, … */
  phase?: string;
}

export interface JobReader {
  /** Names of the environment's own that begin so and are under way, or on their way to stop. */
  running(kind: JobKind, prefix: string, options?: CallOptions): Promise<string[]>;
  describe(kind: JobKind, name: string, options?: CallOptions): Promise<JobInfo | undefined>;
  /** Lines of all its hosts in the order of their times, after those that came with `token`; none yet is no error. */
  logs(
    kind: JobKind,
    name: string,
    options?: CallOptions & { token?: string },
  ): Promise<{ lines: string[]; token: string }>;
}

export interface JobWriter {
  start(spec: JobSpec, options?: CallOptions): Promise<void>;
  /** Asks it to stop; one that ended meanwhile is left as it is. */
  stop(kind: JobKind, name: string, options?: CallOptions): Promise<void>;
}
