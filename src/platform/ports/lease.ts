import type { CallOptions } from './calls.js';

export interface LeaseHolder {
  /** `run 20261121-…`, `release …`. */
  purpose: string;
  pid: number;
  host: string;
  startedAt: string;
  /** How to free it by hand, where nothing here can tell whether its holder still lives. */
  freedBy?: string;
}

export interface Lease {
  release(): Promise<void>;
}

export interface LeaseWriter {
  /**
   * One holder a project and environment. A dead holder on this machine is taken over at once, and `onTakeOver` told.
   * While another lives: `onWait` is told who once, and the call waits until it is free or cancelled.
   */
  acquire(
    purpose: string,
    options?: CallOptions & { onWait?(holder: LeaseHolder): void; onTakeOver?(holder: LeaseHolder): void },
  ): Promise<Lease>;
}

export interface LeaseReader {
  holder(options?: CallOptions): Promise<LeaseHolder | undefined>;
}
