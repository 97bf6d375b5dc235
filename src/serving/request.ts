/** What a check of a request needs to know of it. */
export interface ReceivedRequest {
  method: string;
  url: URL;
  headers: Headers;
  body: () => Promise<Uint8Array>;
}
