import { join } from 'node:path';
import { appendLines, writeAtomic } from '../../common/files.js';
import type { Caller } from './identity.js';
import { resourceOf, type Call } from './explain.js';

/** A line of `.mlops/audit/<environment>.jsonl`. It says what was done to what, never with what content. */
export interface AuditLine {
  at: string;
  /** ARN of whose credentials these were. */
  who: string;
  service: string;
  operation: string;
  resource: string;
  /** AWS's own id of the request; null when no answer came. */
  requestId: string | null;
  outcome: 'done' | 'failed';
  /** The error's name, when it failed. */
  error?: string;
}

export type Audit = (call: Call, caller: Caller, answer: { requestId?: string; error?: unknown }) => Promise<void>;

/** Tells a file in the project of every write to an environment, also of those that failed. */
export function auditOf(projectFolder: string, environment: string): Audit {
  const root = join(projectFolder, '.mlops');
  const path = join(root, 'audit', `${environment}.jsonl`);
  return async ({ service, operation, input }, { arn }, { requestId, error }) => {
    const line: AuditLine = {
      at: new Date().toISOString(),
      who: arn,
      service,
      operation,
      resource: resourceOf(input).trim(),
      requestId: requestId ?? null,
      outcome: error === undefined ? 'done' : 'failed',
      error: error instanceof Error ? error.name : undefined,
    };
    // Who did what is for this machine, not for the project's repository.
    await writeAtomic(join(root, '.gitignore'), '*\n', { temporary: join(root, 'tmp'), ifAbsent: true });
    await appendLines(path, [JSON.stringify(line)]);
  };
}
