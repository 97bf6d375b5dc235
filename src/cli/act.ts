import type { Workspace } from './context.js';

/** A command's own options and the global ones. */
export type Flags = Record<string, unknown>;
/** A command's work: returns its exit code. Arguments come as commander has them, flags with the global ones. */
type Work = (workspace: Workspace, args: unknown[], flags: Flags) => Promise<number | void>;
/** Wraps a command's work in what all share: the workspace, cancelling, the exit code. */
export type Act = (work: Work) => (...args: unknown[]) => Promise<void>;
