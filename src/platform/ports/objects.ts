import type { CallOptions } from './calls.js';
import type { PageOptions, Page } from './pages.js';

export interface BucketInfo {
  name: string;
  createdAt?: string;
}

export type ObjectEntry =
  { kind: 'folder'; key: string } | { kind: 'object'; key: string; size: number; modifiedAt: string };

export interface InBucket extends CallOptions {
  /** Default: the environment's own bucket. */
  bucket?: string;
}

export interface ListOptions {
  folders?: boolean;
  /** Is told the keys of links and of what is no file, which are neither listed nor followed; of one perhaps twice. */
  passedOver?: (key: string) => void;
}

/** A part of an object; default: all of it. */
export interface ByteRange {
  /** The first byte, counted from 0. */
  from?: number;
  maxBytes?: number;
}

export interface ObjectReader {
  buckets(options?: PageOptions): Promise<Page<BucketInfo>>;
  /** Sorted by key. With `folders`, keys below the next `/` are folded into one folder entry. */
  list(prefix: string, options?: PageOptions & InBucket & ListOptions): Promise<Page<ObjectEntry>>;
  /** undefined when there is no such object. */
  head(key: string, options?: InBucket): Promise<{ size: number; modifiedAt: string } | undefined>;
  /** undefined when there is no such object; nothing where `from` lies behind its end. */
  read(key: string, options?: InBucket & ByteRange): Promise<Uint8Array | undefined>;
  /** Path of a file on this machine with the object's bytes, fetched into a cache when it lies elsewhere. */
  file(key: string, options?: InBucket): Promise<string>;
}

export interface PutOptions extends CallOptions {
  /** Only when there is no such object. */
  ifAbsent?: boolean;
  /** Only when the object's bytes have this SHA-256 (lower-case hex): nobody replaced what was read. */
  ifMatch?: string;
  /** Also what somebody else wrote: only where a person named exactly this object. */
  takeOver?: boolean;
}

/** In a place that others write to as well, what they wrote is neither replaced nor removed. */
export interface ObjectWriter {
  /** @throws ConflictError when a condition does not hold, RefusedError for what others wrote; nothing is written then */
  put(key: string, body: Uint8Array | string, options?: PutOptions): Promise<void>;
  /** Takes over a finished file of this machine (it may be moved). */
  putFile(key: string, path: string, options?: CallOptions): Promise<void>;
  remove(key: string, options?: CallOptions & Pick<PutOptions, 'takeOver'>): Promise<void>;
}
