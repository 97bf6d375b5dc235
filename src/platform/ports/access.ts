import type { CallOptions } from './calls.js';

/** Whether the user may do one thing that the project needs. */
export interface AccessCheck {
  /** IAM's name: `s3:GetObject`. */
  action: string;
  resource: string;
  for: 'read' | 'write';
  /** null: could not be found out without changing something, and `reason` says why. */
  allowed: boolean | null;
  reason?: string;
}

export interface AccessReader {
  check(options?: CallOptions): Promise<AccessCheck[]>;
  /** The smallest IAM policy document for looking, or for everything. */
  policy(kind: 'read' | 'full', options?: CallOptions): Promise<object>;
}
