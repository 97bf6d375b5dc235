import type { HostMessage, PageMessage, PageNews } from '../../src/report/protocol.js';
import type { CommandId } from '../../src/report/view.js';
import { standAlone } from './stand-alone.js';

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The other side of a page: the editor, or, in an exported file, what is embedded in it. */
export interface Host {
  send(message: PageMessage): void;
  onMessage(listener: (message: HostMessage | PageNews) => void): void;
  /** Whether it takes a command that is no part of the document's own actions. */
  can(command: CommandId): boolean;
}

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
