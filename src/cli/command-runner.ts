import type { Workspace } from './context.js';
import type { Output } from './output.js';

/** A command's own options and the global ones. */
export type Flags = Record<string, unknown>;
/** A command's work: returns its exit code. Arguments come as commander has them, flags with the global ones. */
export type Work = (workspace: Workspace, args: unknown[], flags: Flags) => Promise<number | void>;
/** The work of a command that needs no project. */
export type LoneWork = (output: Output, args: unknown[], flags: Flags, signal: AbortSignal) => Promise<number | void>;
/** The work of a command that reads the project and opens environments, if any, by itself. */
export type ProjectWork = (at: Omit<Workspace, 'environment'>, args: unknown[], flags: Flags) => Promise<number | void>;
type Action = (...args: unknown[]) => Promise<void>;

/** Wraps a command's work in what all share: the workspace, cancelling, the exit code. */
export interface Act {
  (work: Work): Action;
  /** For one that needs a project and no environment. */
  project(work: ProjectWork): Action;
  /** For a command that works on files alone: no project is looked for. It ends at once when it is cancelled. */
  alone(work: LoneWork): Action;
  /** For one that goes on until it is cancelled, and then ends in its own way. */
  lasting(work: LoneWork): Action;
}
