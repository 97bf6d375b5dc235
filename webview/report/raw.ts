import type { HostMessage } from '../../src/report/protocol.js';
import { el, linkButton } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { ask } from './context.js';

/** A document that is no report of ours: its text, and why it is shown like this. */
export function drawRaw(message: Extract<HostMessage, { type: 'raw' }>, host: Host): HTMLElement[] {
  const links = message.actions.includes('viewJson')
    ? linkButton('View JSON', () => ask(host, { command: 'viewJson', label: 'View JSON' }))
    : null;
  return [
    el('h1', {}, message.name),
    el('p', { 'data-raw-reason': true }, `${message.reason} `, links),
    el('pre', { tabindex: 0, 'aria-label': message.name }, message.text),
  ];
}
