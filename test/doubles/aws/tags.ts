import { done, type Answer, type Json } from './own/part.js';

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

/** Tags of SageMaker's resources: moto keeps them for some kinds only. */
export function tagsDouble() {
  const tags = new Map<string, unknown>();
  return {
    seen(operation: string, body: Json): void {
      const [type, field] = made[operation] ?? [];
      if (type !== undefined) tags.set(`${type}/${String(body[field!])}`.toLowerCase(), body.Tags ?? []);
    },
    answers: {
      ListTags({ ResourceArn }: Json): Answer {
        const resource = /:([a-z-]+\/.+)$/.exec(String(ResourceArn))?.[1] ?? '';
        return done({ Tags: tags.get(resource.toLowerCase()) ?? [] });
      },
    },
  };
}
