import type { HostMessage, PageMessage } from '../../src/report/protocol.js';

interface VsCodeApi {
  postMessage(message: PageMessage): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The other side of a page. A page that stands alone (an exported file) has none: nothing is sent. */
export interface Host {
  send(message: PageMessage): void;
  onMessage(listener: (message: HostMessage) => void): void;
}

export function connectHost(): Host {
  const api = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : undefined;
  return {
    send: (message) => api?.postMessage(message),
    onMessage: (listener) =>
      window.addEventListener('message', (event: MessageEvent<HostMessage>) => listener(event.data)),
  };
}
