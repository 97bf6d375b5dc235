import type { HostMessage, PageMessage, PageNews } from '../../src/report/protocol.js';
import type { CommandId } from '../../src/report/view.js';

/** The other side of a page: the editor, or, in an exported file, what is embedded in it. */
export interface Host {
  send(message: PageMessage): void;
  onMessage(listener: (message: HostMessage | PageNews) => void): void;
  /** Whether it takes a command that is no part of the document's own actions. */
  can(command: CommandId): boolean;
}
