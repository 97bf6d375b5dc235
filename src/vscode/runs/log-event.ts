import type { LogOutputChannel } from 'vscode';
import type { RunEvent } from '../../documents/run.js';

/** What an event says in a log; progress is for trees and bars, not for a log. */
export function eventText(event: RunEvent): { level: 'info' | 'warn' | 'error'; text: string } | undefined {
  switch (event.type) {
    case 'run-started':
      return { level: 'info', text: `run ${event.id} started in process ${event.pid}` };
    case 'stage-started':
      return { level: 'info', text: `${event.stage}: ${event.reason}` };
    case 'message': {
      const text = event.stage === null ? event.text : `${event.stage}: ${event.text}`;
      return { level: event.level === 'warning' ? 'warn' : event.level, text };
    }
    case 'stage-finished': {
      const { name, status, reason } = event.record;
      return { level: status === 'failed' ? 'error' : 'info', text: `${name}: ${status}, ${reason}` };
    }
    case 'run-finished': {
      const { id, status, verdict } = event.run;
      return { level: 'info', text: `run ${id} ${status}${verdict ? `, verdict ${verdict}` : ''}` };
    }
    case 'progress':
      return undefined;
  }
}

export function logEvent(log: LogOutputChannel, event: RunEvent): void {
  const said = eventText(event);
  if (said) log[said.level](said.text);
}
