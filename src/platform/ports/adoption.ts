import type { CallOptions } from './calls.js';

/** An endpoint that others made, handed over for releases. */
export interface AdoptionWriter {
  /**
   * Marks it as the project's. Answers whether that changed anything.
   * @throws NoSuchObject when there is none; RefusedError for one of another project or environment
   */
  adopt(name: string, options?: CallOptions): Promise<boolean>;
  /** Takes our marks away: it goes on as it is, and is nobody's of ours. */
  release(name: string, options?: CallOptions): Promise<void>;
}
