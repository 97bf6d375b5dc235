import { made } from '../tags.js';
import { done, type Answer, type Json } from './part.js';

interface Tag {
  Key: string;
  Value: string;
}

/**
 * The service that knows all tags; moto's knows neither SageMaker's things nor alarms. It remembers what was made with
 * tags and what was tagged, also when it is gone, as the real one does for a while.
 */
export function taggingIndex() {
  const tags = new Map<string, Tag[]>();
  const add = (arn: string, more: unknown) => {
    const fresh = (more ?? []) as Tag[];
    const kept = (tags.get(arn) ?? []).filter(({ Key }) => !fresh.some((tag) => tag.Key === Key));
    tags.set(arn, [...kept, ...fresh]);
  };
  return {
    /** Of every request that was answered well. */
    told(operation: string, body: Json): void {
      const [type, field] = made[operation] ?? [];
      if (type !== undefined)
        add(`arn:aws:sagemaker:us-east-1:123456789012:${type}/${String(body[field!])}`, body.Tags);
      if (/^Put(Metric|Composite)Alarm$/.test(operation))
        add(`arn:aws:cloudwatch:us-east-1:123456789012:alarm:${String(body.AlarmName)}`, body.Tags);
      if (operation === 'AddTags') add(String(body.ResourceArn), body.Tags);
      if (operation === 'TagResource') add(String(body.ResourceARN), body.Tags);
    },
    /** A page at a time. */
    getResources({ TagFilters = [], ResourceTypeFilters = [], ResourcesPerPage = 50, PaginationToken }: Json): Answer {
      const filters = TagFilters as { Key: string; Values: string[] }[];
      const types = (ResourceTypeFilters as string[]).map((type) => new RegExp(`:${type.replace(':', ':.*:')}[:/]`));
      const found = [...tags].filter(
        ([arn, own]) =>
          types.some((type) => type.test(arn)) &&
          filters.every(({ Key, Values }) => own.some((tag) => tag.Key === Key && Values.includes(tag.Value))),
      );
      const from = Number(PaginationToken ?? 0);
      const to = from + Number(ResourcesPerPage);
      const page = found.slice(from, to).map(([ResourceARN, Tags]) => ({ ResourceARN, Tags }));
      return done({ ResourceTagMappingList: page, PaginationToken: to < found.length ? String(to) : '' });
    },
  };
}
