import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment, Writers } from '../../platform/ports/environment.js';
import type { Project } from '../../project/schema.js';

/** Where a release is looked at. */
export interface ReleaseAt {
  project: Project;
  environment: Environment;
}

/** What a release is done with: the guard has allowed it, and the lease is held. */
export interface Releasing extends ReleaseAt {
  writers: Writers;
  signal: AbortSignal;
  /** A line for whoever watches. */
  tell: (text: string) => void;
  clock: Clock;
}

/** Time as a value, so that hours can be told in a test. */
export interface Clock {
  now(): Date;
  /** Resolves early when the signal is aborted. */
  wait(ms: number, options: CallOptions): Promise<void>;
}
