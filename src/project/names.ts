/** What a project's resources are called wherever it runs. */

export type GroupPart = 'train' | 'validation' | 'test' | 'production';

/** One of the four feature groups of a project. */
export function featureGroupName(project: string, part: GroupPart): string {
  return `${project}-${part}`;
}

/** The model group of a project: one registry group a project. */
export function modelGroupName(project: string): string {
  return project;
}
