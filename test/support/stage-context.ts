import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stage, StageContext, StageOutcome } from '../../src/pipeline/stage.js';
import { type ProjectFile, projectFileSchema } from '../../src/project/schema.js';
import { folderEnvironment } from '../doubles/folder-environment.js';

/** A project in a new folder of its own, and what a stage gets to work with there. */
export interface Workplace {
  folder: string;
  bucket: string;
  context: StageContext;
  /** What the stage said. */
  messages: string[];
  /** As a run does: inputs first, then the stage; `later` moves the clock. */
  run(stage: Stage, options?: { sources?: Record<string, string[]>; later?: number }): Promise<StageOutcome>;
  end(): void;
}

/** The least that a project file needs besides what a test is about. */
export function projectFile(part: Partial<Record<keyof ProjectFile, unknown>>): ProjectFile {
  return projectFileSchema.parse({
    name: 'made',
    sources: {},
    features: { entity: 'id', split: { by: 'entity', train: 0.4, validation: 0.1, test: 0.1, production: 0.4 } },
    model: { task: 'binary', target: 'y', candidates: [{ name: 'a', family: 'lightgbm', columns: ['*'] }] },
    endpoint: { name: 'made' },
    monitor: { gates: [{ id: 'recall', level: 'hard', rule: 'recall >= 0.7' }] },
    ...part,
  });
}

export function workplace(file: ProjectFile, sql: Record<string, string> = {}): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'workplace-'));
  const bucket = join(folder, '.mlops', 'buckets', 'bucket');
  const scratch = join(folder, '.mlops', 'scratch');
  for (const path of [bucket, scratch]) mkdirSync(path, { recursive: true });
  const environment = folderEnvironment(bucket);
  const messages: string[] = [];
  const context: StageContext = {
    project: { folder, file, sql },
    environment,
    writers: environment.writers('test'),
    runId: '20261121-093105-aaaaaa',
    now: new Date('2026-11-21T09:31:05Z'),
    signal: new AbortController().signal,
    report: { progress: () => undefined, message: (_level, text) => messages.push(text) },
    scratch,
    options: {
      sources: {},
      force: false,
      acceptPartial: false,
      forceRetrain: false,
      forceSkipRetrain: false,
      reason: null,
    },
  };
  return {
    folder,
    bucket,
    context,
    messages,
    async run(stage, { sources = {}, later = 0 } = {}) {
      const now = new Date(context.now.getTime() + later * 1000);
      const own = { ...context, now, options: { ...context.options, sources } };
      const inputs = await stage.inputs(own);
      return stage.run(own, { inputs, fingerprint: '', last: undefined });
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
