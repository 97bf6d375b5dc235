import type { LogOutputChannel } from 'vscode';
import type { RunEvent } from '../../documents/run.js';

/** Writes what a run says into the log; progress is for trees and bars, not for a log. */
export function logEvent(log: LogOutputChannel, event: RunEvent): void {
  switch (event.type) {
    case 'run-started':
      log.info(`run ${event.id} started in process ${event.pid}`);
      break;
    case 'stage-started':
      log.info(`${event.stage}: ${event.reason}`);
      break;
    case 'message': {
      const text = event.stage === null ? event.text : `${event.stage}: ${event.text}`;
      if (event.level === 'error') log.error(text);
      else if (event.level === 'warning') log.warn(text);
      else log.info(text);
      break;
    }
    case 'stage-finished': {
      const { name, status, reason } = event.record;
      const text = `${name}: ${status}, ${reason}`;
      if (status === 'failed') log.error(text);
      else log.info(text);
      break;
    }
    case 'run-finished':
      log.info(`run ${event.run.id} ${event.run.status}${event.run.verdict ? `, verdict ${event.run.verdict}` : ''}`);
      break;
    case 'progress':
      break;
  }
}
