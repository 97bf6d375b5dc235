import { done, type Answer, type Json, type Part } from './own/part.js';

/** What is tagged when it is made: the operation, the part of the ARN, and the field with its name. */
export const made: Record<string, [type: string, field: string]> = {
  CreateEndpoint: ['endpoint', 'EndpointName'],
  CreateEndpointConfig: ['endpoint-config', 'EndpointConfigName'],
  CreateModel: ['model', 'ModelName'],
  CreatePipeline: ['pipeline', 'PipelineName'],
  CreateFeatureGroup: ['feature-group', 'FeatureGroupName'],
  CreateProcessingJob: ['processing-job', 'ProcessingJobName'],
  CreateTrainingJob: ['training-job', 'TrainingJobName'],
  CreateModelPackageGroup: ['model-package-group', 'ModelPackageGroupName'],
};

interface Tag {
  Key: string;
  Value: string;
}

/** Tags of SageMaker's resources: moto keeps them for some kinds only. */
export function tagsDouble() {
  const tags = new Map<string, Tag[]>();
  const keyOf = ({ ResourceArn }: Json) => (/:([a-z-]+\/.+)$/.exec(String(ResourceArn))?.[1] ?? '').toLowerCase();
  const of = (body: Json) => tags.get(keyOf(body)) ?? [];
  const answers = {
    ListTags: (body: Json): Answer => done({ Tags: of(body) }),
    AddTags(body: Json): Answer {
      const added = body.Tags as Tag[];
      const kept = of(body).filter(({ Key }) => !added.some((tag) => tag.Key === Key));
      tags.set(keyOf(body), [...kept, ...added]);
      return done({ Tags: of(body) });
    },
    DeleteTags(body: Json): Answer {
      const gone = body.TagKeys as string[];
      tags.set(
        keyOf(body),
        of(body).filter(({ Key }) => !gone.includes(Key)),
      );
      return done();
    },
  };
  const seen = (operation: string, body: Json): void => {
    const [type, field] = made[operation] ?? [];
    if (type !== undefined) tags.set(`${type}/${String(body[field!])}`.toLowerCase(), (body.Tags ?? []) as Tag[]);
  };
  const part: Part = {
    answers,
    seen: Object.fromEntries(Object.keys(made).map((operation) => [operation, (body: Json) => seen(operation, body)])),
  };
  return { answers, seen, part };
}
