import type { StageName } from '../documents/run.js';
import type { Environment } from '../platform/ports/environment.js';
import type { Project } from '../project/schema.js';
import type { TableProcess } from './grid/tables.js';

/** What the forked engine is asked to do. */
export interface EngineRequest {
  projectFolder: string;
  environment: string;
  runId: string;
  stages: StageName[];
  options: { force?: boolean; forceRetrain?: boolean; reason?: string };
}

/** What the user's settings say of AWS, for a process that cannot ask the editor. */
export interface UserSettings {
  profile?: string;
  region?: string;
  allowed: readonly string[];
}

export interface EngineProcess {
  pid: number | undefined;
  /** Resolves when it ended: its exit code, null when a signal killed it. */
  ended: Promise<number | null>;
}

/** What a process finds in its environment besides ours. */
export type ProcessVariables = Record<string, string>;

export interface CliOptions {
  signal?: AbortSignal;
  variables?: ProcessVariables;
  /** The signal ends its standard input, in place of the process: for a command that ends with it, in its own time. */
  endsWithInput?: boolean;
}

/** What the wiring hands to the editor's part: its only ways to a place to run and to other processes. */
export interface EditorServices {
  openEnvironment: (project: Project, name: string) => Promise<Environment>;
  /** Starts a run apart from this process, so that it outlives a reload; what it writes to stderr goes to `logFile`. */
  forkEngine: (request: EngineRequest, logFile: string, variables: ProcessVariables) => EngineProcess;
  /** Runs the `mlops` command to its end. */
  runCli: (args: string[], options?: CliOptions) => Promise<{ code: number | null; stdout: string; stderr: string }>;
  /** Starts a process that reads one table, for as long as somebody looks at it. */
  startTables: () => Promise<TableProcess>;
  /** The process that answers an assistant about a project. */
  assistantProcess: (place: { folder: string; environment: string }) => {
    command: string;
    args: string[];
    env: ProcessVariables;
  };
  /** The process that checks SQL while it is typed. */
  checkerProcess: () => { command: string; args: string[]; env: NodeJS.ProcessEnv };
  /** What a sign-in to AWS comes from: files by their folder and a pattern. */
  signInFiles: () => { folder: string; glob: string }[];
  templates: () => Promise<{ name: string; title: string; description: string }[]>;
}
