import type { HostMessage, PageMessage, PageNews } from '../../src/report/protocol.js';
import type { Host } from './host.js';
import { standAlone } from './stand-alone.js';

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The editor's side where there is one, the file's own data otherwise. */
export function connectHost(): Host {
  if (typeof acquireVsCodeApi !== 'function') return standAlone();
  const api = acquireVsCodeApi();
  return {
    can: () => true,
    send: (message) => api.postMessage(message),
    onMessage: (listener) =>
      window.addEventListener(
        'message',
        (event: MessageEvent<HostMessage | PageNews | { type: 'remember'; state: unknown }>) => {
          // What the editor gives back to us after its window was loaded again.
          if (event.data.type === 'remember') api.setState(event.data.state);
          else listener(event.data);
        },
      ),
  };
}
