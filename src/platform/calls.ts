/** What every call of every port shares. */
export interface CallOptions {
  signal?: AbortSignal;
}
export interface PageOptions extends CallOptions {
  /** `next` of the page before. */
  token?: string;
  limit?: number;
}
export interface Page<Item> {
  items: Item[];
  /** Pass as `token` for the next page; absent on the last. */
  next?: string;
}
