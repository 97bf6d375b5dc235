import type { Override } from '../documents/ledger.js';
import type { Decision } from '../documents/gates/verdict.js';
import type { CommandId } from './view-parts.js';

/** What surrounds a document when somebody looks at it. */
export interface ReportContext {
  /** The overrides that count now. */
  overrides: Override[];
  now: Date;
  /** The decision under those overrides; absent: the one the document recorded. */
  decisionNow?: Decision;
  /** What the host can do when asked. */
  commands: readonly CommandId[];
}
