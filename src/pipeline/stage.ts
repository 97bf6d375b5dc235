import type { RunEvent, RunFigures, StageInput, StageName, StageOutput, StageState } from '../documents/run.js';
import type { Verdict } from '../documents/gates/verdict.js';
import type { Intent } from '../platform/ports/intents.js';
import type { Environment, Writers } from '../platform/ports/environment.js';
import type { Project } from '../project/schema.js';

/** What a stage may say while it works; the runner turns it into events. */
export interface StageReport {
  progress(
    unit: 'rows' | 'bytes' | 'rounds' | 'files' | 'trials',
    done: number,
    total: number | null,
    message?: string,
  ): void;
  message(level: 'info' | 'warning' | 'error', text: string): void;
}

/** What can be looked at before anything is written. */
export type Looking = Pick<StageContext, 'project' | 'environment' | 'options' | 'signal' | 'inContainer'>;

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
  /** Whether this is the work of a job, whose commands were allowed where it was begun. */
  inContainer?: boolean;
  /** All stages of the run; absent where a stage is done by itself. */
  planned?: readonly StageName[];
  /** Of a training container: where SageMaker's places lie, `/opt/ml`. */
  containerRoot?: string;
  /** Set where several hosts share the work of a stage: which share of it is this one's. */
  shard?: Shard;
}

/** One of several hosts: `index` from 0. */
export interface Shard {
  index: number;
  count: number;
}

export interface RunOptions {
  /** Sources replaced for this run: name -> paths or globs. */
  sources: Record<string, string[]>;
  force: boolean;
  acceptPartial: boolean;
  forceRetrain: boolean;
  forceSkipRetrain: boolean;
  reason: string | null;
  /** Why whoever watches decided to retrain. Unlike force it is done once a version and data. */
  decided?: string;
}

export interface StageOutcome {
  outputs: StageOutput[];
  figures: RunFigures;
  /** One sentence for people: "25 days, 539,754 rows". */
  summary: string;
  /** Problems that do not stop the stage but the run after it (a damaged day): one line each. */
  damage?: string[];
  /** Set by the stage that judges. */
  verdict?: Verdict;
}

/** What a stage knows of itself before it runs. */
export interface StagePlan {
  inputs: StageInput[];
  /** One hash over inputs, configuration and engine version; two equal ones mean nothing changed. */
  fingerprint: string;
  /** The last success, if any. */
  last: StageState | undefined;
}

/** Whether a stage has to run. */
export interface Needed {
  run: boolean;
  reason: string;
  /** Of one that judges and need not: its last verdict, which stands. */
  verdict?: Verdict;
}

export interface Stage {
  name: StageName;
  /** Set for work on the side of the pipeline: how it ends is in its run, and is no state of the stage. */
  aside?: true;
  /** What it reads, by content hash. */
  inputs(context: StageContext): Promise<StageInput[]>;
  /** The parts of the project that change its result. */
  configuration(project: Project): unknown;
  /** What it is about to write, for finding out before the first stage what stands in the way. `planned`: all that run. */
  intends?(context: Looking, planned: readonly StageName[]): Promise<Intent>;
  /**
   * Whether it has to run, and why; its inputs are read only where that is asked for by `plan`. Absent: it runs when its fingerprint changed or an output is gone.
   */
  needed?(context: StageContext, plan: () => Promise<StagePlan>): Promise<Needed>;
  run(context: StageContext, plan: StagePlan): Promise<StageOutcome>;
}

/** What it takes to run stages. */
export interface RunRequest {
  project: Project;
  environment: Environment;
  stages: Stage[];
  options: RunOptions;
  runId: string;
  inContainer?: boolean;
  containerRoot?: string;
  signal: AbortSignal;
  /** When it is, where that is told: of a watch. */
  now?: Date;
  emit: (event: RunEvent) => void;
}
