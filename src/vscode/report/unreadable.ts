import { messageOf } from '../../common/errors.js';
import type { HostMessage } from '../../report/protocol.js';

/** What cannot even be read, and why; a way to its text is offered by those who have one. */
export function unreadable(
  name: string,
  error: unknown,
  actions: Extract<HostMessage, { type: 'raw' }>['actions'] = [],
): HostMessage {
  return { type: 'raw', name, reason: messageOf(error), text: '', actions };
}
