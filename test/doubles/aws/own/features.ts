import { done, page, refusal, type Json, type Part } from './part.js';

interface Group {
  /** Seconds since 1970. */
  createdAt: number;
  added: Json[];
  deleted: boolean;
}

/** Feature groups: moto creates and describes them, and knows neither lists, updates nor deletions. */
export function featureGroups(): Part {
  const groups = new Map<string, Group>();
  const nameOf = ({ FeatureGroupName }: Json) => String(FeatureGroupName);
  const missing = (name: string) => refusal('ResourceNotFound', `FeatureGroup ${name} not found`);
  return {
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
        return { ...answer, FeatureDefinitions: [...(answer.FeatureDefinitions as Json[]), ...added] };
      },
    },
  };
}
