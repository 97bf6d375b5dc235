import type { Run, StageName, StageRecord } from '../../../src/documents/run.js';
import type { Item } from '../../../src/vscode/tree-item.js';

export const now = new Date('2026-11-21T09:33:00Z');

export function stageRecord(name: StageName, parts: Partial<StageRecord> = {}): StageRecord {
  return { name, status: 'succeeded', reason: '', seconds: 1, inputs: [], outputs: [], figures: {}, ...parts };
}

export function aRun(parts: Partial<Run> = {}): Run {
  return {
    kind: 'run',
    schemaVersion: 1,
    id: '20261121-093105-r7k2f9',
    project: 'sample',
    environment: 'local',
    startedAt: '2026-11-21T09:31:05Z',
    finishedAt: '2026-11-21T09:31:20Z',
    status: 'succeeded',
    verdict: null,
    stages: [],
    ...parts,
  };
}

/** `icon label | description`, one line an item, as a person would read the tree. */
export function lines(items: readonly Item[]): string[] {
  return items.map(({ icon, label, description }) => `${icon} ${label}${description ? ` | ${description}` : ''}`);
}
