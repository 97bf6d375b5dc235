import { join } from 'node:path';
import { BrokenError, messageOf } from '../../../common/errors.js';
import { appendLines, writeAtomic } from '../../../common/files.js';
import { stateFolder } from '../../../common/inside.js';
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

export interface Audit {
  /** What was done was done: a line that cannot be written is told at once, and kept for the next turn. */
  add(call: Call, caller: Caller, answer: { requestId?: string; error?: unknown }): Promise<void>;
  /** Asked before each write. @throws BrokenError while earlier ones could not be noted, for then nothing is changed */
  mustBeComplete(): Promise<void>;
}

/** Tells a file in the project of every write to an environment, also of those that failed. */
export function auditOf(projectFolder: string, environment: string, tell: (text: string) => void): Audit {
  const root = join(projectFolder, stateFolder);
  const path = join(root, 'audit', `${environment}.jsonl`);
  let waiting: string[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  const flush = async () => {
    if (waiting.length === 0) return;
    // Who did what is for this machine, not for the project's repository.
    await writeAtomic(join(root, '.gitignore'), '*\n', { temporary: join(root, 'tmp'), ifAbsent: true });
    const lines = waiting;
    await appendLines(path, lines);
    waiting = waiting.slice(lines.length);
  };
  /** One at a time, so that no line is written twice. */
  const flushed = () => {
    const next = turn.then(flush);
    turn = next.catch(() => undefined);
    return next;
  };
  return {
    async add({ service, operation, input }, { arn }, { requestId, error }) {
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
      const text = JSON.stringify(line);
      waiting = [...waiting, text];
      await flushed().catch((failure: unknown) =>
        tell(`the audit could not be written (${messageOf(failure)}); what it misses: ${text}`),
      );
    },
    async mustBeComplete() {
      await flushed().catch((cause: unknown) => {
        const missing = `${waiting.length} ${waiting.length === 1 ? 'write' : 'writes'}`;
        throw new BrokenError(
          `environment ${environment}: nothing more is changed, for ${missing} could not be noted: ${messageOf(cause)}`,
          { cause },
        );
      });
    },
  };
}
