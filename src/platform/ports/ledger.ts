import type { LedgerEntry } from '../../documents/ledger.js';
import type { CallOptions } from './calls.js';
import type { PageOptions, Page } from './pages.js';

export interface LedgerReader {
  /** Newest first. */
  list(options?: PageOptions): Promise<Page<LedgerEntry>>;
}

export interface LedgerWriter {
  append(entry: LedgerEntry, options?: CallOptions): Promise<void>;
}
