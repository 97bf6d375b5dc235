import type { Account } from '../account/place.js';

/** What everything that we make in an account carries, so that it is found again, and told from others' things. */
export const tagNames = { project: 'mlops:project', environment: 'mlops:environment' } as const;
/** Beside them: others made it, and a person handed it over for releases. Its value: since when. */
export const adoptedTag = 'mlops:adopted';

export interface Mark {
  Key: string;
  Value: string;
}

/** Tags as SageMaker, CloudWatch and IAM take them. */
export function tagsOf({ project, settings }: Account): Mark[] {
  return [
    { Key: tagNames.project, Value: project.file.name },
    { Key: tagNames.environment, Value: settings.name },
  ];
}

/** The same for objects, as metadata: a tag on each would cost a right and money for every file. */
export function objectMarks({ project, settings }: Account): Mark[] {
  return [
    { Key: 'mlops-project', Value: project.file.name },
    { Key: 'mlops-environment', Value: settings.name },
  ];
}

/** As S3 takes it. */
export function objectMetadata(account: Account): Record<string, string> {
  return marksIn(objectMarks(account));
}

export function marksIn(marks: readonly { Key?: string; Value?: string }[]): Record<string, string> {
  return Object.fromEntries(marks.map(({ Key = '', Value = '' }) => [Key, Value]));
}
