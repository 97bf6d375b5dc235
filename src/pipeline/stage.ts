import type { RunFigures, StageInput, StageName, StageOutput } from '../documents/run.js';
import type { Environment, Writers } from '../platform/ports.js';
import type { Project } from '../project/schema.js';

/** What a stage may say while it works; the runner turns it into events. */
export interface StageReport {
  progress(unit: 'rows' | 'bytes' | 'rounds' | 'files', done: number, total: number | null, message?: string): void;
  message(level: 'info' | 'warning' | 'error', text: string): void;
}

/** Everything a stage works with. `writers` are handed out once, at the start of the run. */
export interface StageContext {
  project: Project;
  environment: Environment;
  writers: Writers;
  runId: string;
  now: Date;
  signal: AbortSignal;
  report: StageReport;
  /** A folder for half-finished files, on the bucket's own disk; emptied by the next run. */
  scratch: string;
  options: RunOptions;
}

export interface RunOptions {
  /** Sources replaced for this run: name -> paths or globs. */
  sources: Record<string, string[]>;
  force: boolean;
  acceptPartial: boolean;
  forceRetrain: boolean;
  forceSkipRetrain: boolean;
  reason: string | null;
}

export interface StageOutcome {
  outputs: StageOutput[];
  figures: RunFigures;
  /** One sentence for people: "25 days, 539,754 rows". */
  summary: string;
  /** Problems that do not stop the stage but the run after it (a damaged day): one line each. */
  damage?: string[];
}

export interface Stage {
  name: StageName;
  /** What it reads, by content hash; two equal lists mean nothing changed. */
  inputs(context: StageContext): Promise<StageInput[]>;
  /** The parts of the project file that change its result. */
  configuration(project: Project): unknown;
  /** Why it must run although its fingerprint is unchanged, or undefined. */
  mustRun?(context: StageContext): Promise<string | undefined>;
  run(context: StageContext, inputs: StageInput[]): Promise<StageOutcome>;
}
