import { done, page, refusal, type Json, type Part } from './part.js';

interface Group {
  /** Seconds since 1970. */
  createdAt: number;
  added: Json[];
  deleted: boolean;
}

export interface Features {
  part: Part;
  /** Has a group described with these fields, as SageMaker alone could make it. */
  says(name: string, fields: Json): void;
}

/** Feature groups: moto creates and describes them, and knows neither lists, updates nor deletions. */
export function featureGroups(): Features {
  const said = new Map<string, Json>();
  const groups = new Map<string, Group>();
  const nameOf = ({ FeatureGroupName }: Json) => String(FeatureGroupName);
  const missing = (name: string) => refusal('ResourceNotFound', `FeatureGroup ${name} not found`);
  const part: Part = {
    seen: {
      CreateFeatureGroup: (body) =>
        void groups.set(nameOf(body), { createdAt: Date.now() / 1000, added: [], deleted: false }),
    },
    answers: {
      ListFeatureGroups(body) {
        const living = [...groups].filter(([, { deleted }]) => !deleted).sort();
        const summaries = living.map(([FeatureGroupName, { createdAt }]) => {
          const FeatureGroupArn = `arn:aws:sagemaker:us-east-1:123456789012:feature-group/${FeatureGroupName}`;
          return { FeatureGroupName, FeatureGroupArn, FeatureGroupStatus: 'Created', CreationTime: createdAt };
        });
        return done(page('FeatureGroupSummaries', summaries, body));
      },
      DescribeFeatureGroup(body) {
        const group = groups.get(nameOf(body));
        return group === undefined || group.deleted ? missing(nameOf(body)) : undefined;
      },
      UpdateFeatureGroup(body) {
        const group = groups.get(nameOf(body));
        if (group === undefined) return missing(nameOf(body));
        group.added.push(...((body.FeatureAdditions as Json[] | undefined) ?? []));
        return done({ FeatureGroupArn: `arn:aws:sagemaker:us-east-1:123456789012:feature-group/${nameOf(body)}` });
      },
      DeleteFeatureGroup(body) {
        const group = groups.get(nameOf(body));
        if (group === undefined) return missing(nameOf(body));
        group.deleted = true;
        return done();
      },
    },
    shown: {
      DescribeFeatureGroup(answer, body) {
        const added = groups.get(nameOf(body))?.added ?? [];
        const FeatureDefinitions = [...(answer.FeatureDefinitions as Json[]), ...added];
        return { ...answer, FeatureDefinitions, ...said.get(nameOf(body)) };
      },
    },
  };
  return { part, says: (name, fields) => void said.set(name, fields) };
}
