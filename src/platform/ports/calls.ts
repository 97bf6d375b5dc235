/** What every call of every port shares. */
export interface CallOptions {
  signal?: AbortSignal;
}
