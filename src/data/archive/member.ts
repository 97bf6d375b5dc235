import type { ArchiveContents } from '../../documents/tables/previews.js';

export interface Looking {
  /** Read on behind what is read unasked. */
  whole?: boolean;
  signal?: AbortSignal;
}

export type Listed = Pick<ArchiveContents, 'members' | 'complete' | 'unread' | 'reasons'>;

export interface MemberBytes {
  bytes: Uint8Array;
  /** Of the whole member. */
  size: number;
  modifiedAt: string | null;
}
