import { requireTrusted } from '../../platform/permissions/command-trust.js';
import type { Looking } from '../stage.js';

/** The stages that a program of the project's may do. */
export type ProgramStage = 'features' | 'train';

/**
 * Whether a program of the project's may run here.
 * @throws UntrustedCommand
 */
export function mayRunProgram(
  { project, inContainer }: Pick<Looking, 'project' | 'inContainer'>,
  stage: ProgramStage,
  command: readonly string[] | undefined,
): void {
  // In a container it runs because somebody who was asked began the job.
  if (command !== undefined && inContainer !== true) requireTrusted(project.folder, command, stage);
}
