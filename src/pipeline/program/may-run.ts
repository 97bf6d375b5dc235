import { requireTrusted } from '../../platform/permissions/command-trust.js';
import { commandsOf } from '../../project/commands.js';
import type { Project } from '../../project/schema.js';
import type { Looking } from '../stage.js';

/** The stages that a program of the project's may do. */
export type ProgramStage = 'features' | 'train';
/** What a program may be for. */
type ProgramUse = ProgramStage | 'train.serve';

/**
 * Whether every program that a project names may run, for whoever begins what will run them elsewhere.
 * @throws UntrustedCommand
 */
export function mayRunPrograms({ folder, file }: Project): void {
  for (const { what, command } of commandsOf(file)) requireTrusted(folder, command, what);
}

/**
 * Whether a program of the project's may run here.
 * @throws UntrustedCommand
 */
export function mayRunProgram(
  { project, inContainer }: Pick<Looking, 'project' | 'inContainer'>,
  use: ProgramUse,
  command: readonly string[] | undefined,
): void {
  // In a container it runs because somebody who was asked began the job.
  if (command !== undefined && inContainer !== true) requireTrusted(project.folder, command, use);
}
