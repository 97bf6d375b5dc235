import type { CallOptions } from './calls.js';
import type { PageOptions, Page } from './pages.js';

export interface DashboardReader {
  /** The body as JSON text; undefined when there is none of that name. */
  read(name: string, options?: CallOptions): Promise<string | undefined>;
  list(prefix: string, options?: PageOptions): Promise<Page<string>>;
}

export interface DashboardWriter {
  put(name: string, body: string, options?: CallOptions): Promise<void>;
  remove(names: string[], options?: CallOptions): Promise<void>;
}
