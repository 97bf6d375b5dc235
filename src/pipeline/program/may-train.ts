import { requireTrusted } from '../../platform/permissions/command-trust.js';
import type { Looking } from '../stage.js';

/**
 * Whether the project's own program may train here, asked before a run begins.
 * @throws UntrustedCommand
 */
export function mayTrain({ project, inContainer }: Pick<Looking, 'project' | 'inContainer'>): void {
  const { train } = project.file;
  // In a container it runs because somebody who was asked began the job.
  if (train !== undefined && inContainer !== true) requireTrusted(project.folder, train.command, 'train');
}
