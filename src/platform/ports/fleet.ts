import type { CallOptions } from './calls.js';

export interface Scaled {
  variant: string;
  /** Machines before and now. */
  from: number;
  to: number;
}

export interface FleetWriter {
  /**
   * Changes how many machines serve an endpoint: those of one variant, or of each. Resolves when they serve.
   * @throws InputError for one that is not there, is not in service, or has no machines of its own
   */
  scale(name: string, wish: { instances: number; variant?: string }, options?: CallOptions): Promise<Scaled[]>;
}
