import type { Account } from './place.js';

/** What everything that we make in an account carries, so that it is found again, and told from others' things. */
export const tagNames = { project: 'mlops:project', environment: 'mlops:environment' } as const;

/** Tags as SageMaker, CloudWatch and IAM take them. */
export function tagsOf({ project, settings }: Account): { Key: string; Value: string }[] {
  return [
    { Key: tagNames.project, Value: project.file.name },
    { Key: tagNames.environment, Value: settings.name },
  ];
}

/** The same for objects, as metadata: a tag on each would cost a right and money for every file. */
export function objectMetadata({ project, settings }: Account): Record<string, string> {
  return { 'mlops-project': project.file.name, 'mlops-environment': settings.name };
}
