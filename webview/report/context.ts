import type { ActionView } from '../../src/report/view.js';
import type { Host } from '../shared/host.js';

/** Asks the host to do what a button or link says. */
export function ask(host: Host, { command, argument }: ActionView): void {
  host.send(argument === undefined ? { type: 'command', command } : { type: 'command', command, argument });
}
