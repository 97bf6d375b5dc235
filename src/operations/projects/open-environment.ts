import type { Environment } from '../../platform/ports/environment.js';
import type { Project } from '../../project/schema.js';

/** The door's way to a place to run, for what begins before there is one: a project, and which of its environments. */
export type OpenEnvironment = (project: Project, name: string) => Promise<Environment>;
