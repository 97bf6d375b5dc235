import type { EndpointConfig } from '../platform/ports/endpoints.js';

/** What an endpoint process keeps on disk, and the ones who steer it read. */
export interface EndpointStore {
  name: string;
  /** Its own files; measured for the disk metric. */
  folder: string;
  /** On the same file system, for what is half written. */
  temporary: string;
  project: string;
  wanted(): Promise<EndpointConfig | undefined>;
  accepted(): Promise<EndpointConfig | undefined>;
  /** The wanted configuration is served from now on; the one before becomes `previous`. */
  accept(config: EndpointConfig): Promise<void>;
  /** The wanted configuration cannot be served. */
  refuse(reason: string): Promise<void>;
  started(process: { url: string; nonce: string }): Promise<void>;
  ended(reason: string, failed: boolean): Promise<void>;
  /** False when the endpoint was removed, or another process took its place. */
  isOurs(nonce: string): Promise<boolean>;
}
