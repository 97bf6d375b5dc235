import { InputError } from '../common/errors.js';
import type { At } from '../operations/operation.js';
import type { Environment } from '../platform/ports/environment.js';
import { projectKey, usedEnvironment } from '../platform/permissions/grants.js';
import { localEnvironment } from '../project/environments.js';
import { findProject, loadProject } from '../project/load.js';
import type { Project } from '../project/schema.js';
import { makeOutput, type Output } from './output.js';

/** What the wiring hands to the command line: the only way it reaches a place to run. */
export interface CliServices {
  openEnvironment: (
    project: Project,
    name: string,
    user?: { allowed?: () => readonly string[]; inContainer?: boolean },
  ) => Promise<Environment>;
  assistants: {
    /** Answers one until it goes away. */
    serve: (door: {
      open: () => Promise<{ project: Project; environment: Environment }>;
      version: string;
      signal: AbortSignal;
      log: (text: string) => void;
    }) => Promise<void>;
    /** Answers one question. */
    answerOne: (at: At, tool: string, asked: unknown) => Promise<string>;
  };
  templates: string;
  /** The folder of the built pages, for exported reports. */
  webview: string;
  version: string;
}

export interface GlobalFlags {
  project?: string;
  env?: string;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  yes?: boolean;
  confirm?: string;
}

/** What a command that needs a project works with. */
export interface Workspace {
  project: Project;
  environment: Environment;
  output: Output;
  signal: AbortSignal;
}

/** `--env`, else the one that its user chose, else this machine. */
export function environmentName(project: Project, { env }: Pick<GlobalFlags, 'env'>): string {
  return env ?? usedEnvironment(projectKey(project)) ?? localEnvironment;
}

/**
 * Finds the project (`--project`, else the nearest `mlops.json` upwards) and opens the environment. Its SQL may be
 * missing: an endpoint can be stopped all the same.
 */
export async function openWorkspace(
  services: CliServices,
  flags: GlobalFlags,
  signal: AbortSignal,
): Promise<Workspace> {
  const project = await openProject(flags);
  const environment = await services.openEnvironment(project, environmentName(project, flags));
  const output = makeOutput(flags);
  if (environment.strange !== undefined) output.warn(environment.strange);
  return { project, environment, output, signal };
}

/** The project that is meant, its SQL as far as it is there. */
export async function openProject(flags: Pick<GlobalFlags, 'project'>): Promise<Project> {
  const folder = flags.project ?? (await findProject(process.cwd()));
  if (folder === undefined) {
    throw new InputError(
      `mlops.json: found none in ${process.cwd()} or above, expected a project; make one with: mlops init TEMPLATE DIR`,
    );
  }
  return loadProject(folder, { sql: 'if there' });
}
