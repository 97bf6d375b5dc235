import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { insideState } from '../../common/inside.js';
import type { Run } from '../../documents/run.js';
import { runFolder } from '../../pipeline/events.js';
import { makeEventTail } from './event-tail.js';
import { eventText } from './log-event.js';

/** What a run said, a line each with its time; of one that ran elsewhere, what its record tells. */
export async function runLog(projectFolder: string, run: Run): Promise<string> {
  const folder = runFolder(projectFolder, run.id);
  const events = await makeEventTail(join(folder, 'events.jsonl'))();
  const said = events.flatMap((event) => {
    const line = eventText(event);
    return line === undefined ? [] : [`${event.at} ${line.level.padEnd(5)} ${line.text}`];
  });
  const told = said.length > 0 ? said : recordLines(run);
  const engine = await readFile(insideState(join(folder, 'engine.log')), 'utf8').catch(() => '');
  return [...told, engine.trim()].filter(Boolean).join('\n') + '\n';
}

function recordLines({ id, startedAt, status, error, stages }: Run): string[] {
  const ended = stages.map((stage) => `${stage.name}: ${stage.status}${stage.reason && `, ${stage.reason}`}`);
  return [`${startedAt} run ${id}`, ...ended, `${status}${error ? `: ${error.message}` : ''}`];
}
