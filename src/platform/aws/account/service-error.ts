/** What the SDK's errors carry, whichever service they come from. */
export interface ServiceError extends Error {
  $metadata?: { httpStatusCode?: number; requestId?: string; attempts?: number };
  $retryable?: object;
  code?: unknown;
  /** Of S3: where a bucket lies. */
  Region?: string;
  $response?: { headers?: Record<string, string | undefined> };
}
