import type { RunEvent } from '../../../documents/run.js';
import { eventFile } from '../../../pipeline/events.js';
import type { Workspace } from '../../context.js';
import { progressPrinter } from '../../progress.js';

/** Writes down and shows how runs go on that a command starts, each under its id. */
export function runEvents({ project, output }: Workspace): (runId: string) => (event: RunEvent) => void {
  const print = progressPrinter(output);
  return (runId) => {
    const record = eventFile(project.folder, runId);
    return (event) => {
      record(event);
      print(event);
    };
  };
}
