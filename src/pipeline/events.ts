import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { insideState, stateFolder } from '../common/inside.js';
import type { RunEvent, StageName } from '../documents/run.js';
import type { StageReport } from './stage.js';

/** Where a run tells what it is doing; windows tail it, and a file `cancel` beside it stops the run. */
export function runFolder(projectFolder: string, runId: string): string {
  return insideState(join(projectFolder, stateFolder, 'runs', runId));
}

/**
 * Appends events as JSON lines. Synchronous on purpose: what was said survives a kill a moment later. Nothing is written
 * before there is something to say: a run that is refused leaves no trace.
 */
export function eventFile(projectFolder: string, runId: string): (event: RunEvent) => void {
  const path = insideState(join(runFolder(projectFolder, runId), 'events.jsonl'));
  let isMade = false;
  return (event) => {
    if (!isMade) mkdirSync(dirname(path), { recursive: true });
    isMade = true;
    appendFileSync(path, JSON.stringify(event) + '\n');
  };
}

const progressEveryMs = 200;

/** A stage's voice: at most five progress events a second, the last one of a unit always. */
export function stageReport(stage: StageName, emit: (event: RunEvent) => void): StageReport {
  let last = 0;
  return {
    progress(unit, done, total, message) {
      const now = Date.now();
      if (done !== total && now - last < progressEveryMs) return;
      last = now;
      emit({ type: 'progress', at: new Date(now).toISOString(), stage, unit, done, total, message });
    },
    message(level, text) {
      emit({ type: 'message', at: new Date().toISOString(), stage, level, text });
    },
  };
}
