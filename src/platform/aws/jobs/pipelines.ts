import type { PipelineExecutionStep } from '@aws-sdk/client-sagemaker';
import { createHash } from 'node:crypto';
import { InputError } from '../../../common/errors.js';
import type { PipelineInfo, PipelineReader, PipelineStep, PipelineWriter } from '../../ports/pipelines.js';
import { isMissing } from '../account/explain.js';
import { mustBeOurs } from '../ownership/ownership.js';
import type { Account } from '../account/place.js';
import { tagsOf } from '../ownership/tags.js';

const pageSize = 100;

/** SageMaker Pipelines. */
export function pipelineReader({ clients }: Account): PipelineReader {
  return {
    async describe(name, { signal } = {}) {
      const sagemaker = await clients.sagemaker();
      try {
        const found = await sagemaker.describePipeline({ PipelineName: name }, { abortSignal: signal });
        const info: PipelineInfo = {
          name,
          arn: found.PipelineArn ?? '',
          definition: found.PipelineDefinition ?? '',
          role: found.RoleArn ?? '',
          updatedAt: isoOf(found.LastModifiedTime ?? found.CreationTime) ?? '',
        };
        return info;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async executions(name, { token, limit = pageSize, signal } = {}) {
      const sagemaker = await clients.sagemaker();
      const found = await sagemaker.listPipelineExecutions(
        {
          PipelineName: name,
          NextToken: token,
          MaxResults: Math.min(limit, pageSize),
          SortBy: 'CreationTime',
          SortOrder: 'Descending',
        },
        { abortSignal: signal },
      );
      const items = (found.PipelineExecutionSummaries ?? []).map((summary) => ({
        ...namesOf(summary.PipelineExecutionArn),
        status: summary.PipelineExecutionStatus ?? 'Executing',
        startedAt: isoOf(summary.StartTime) ?? '',
        reason: summary.PipelineExecutionFailureReason,
      }));
      return { items, next: found.NextToken };
    },
    async execution(arn, { signal } = {}) {
      const sagemaker = await clients.sagemaker();
      try {
        const request = { PipelineExecutionArn: arn };
        const found = await sagemaker.describePipelineExecution(request, { abortSignal: signal });
        return {
          ...namesOf(arn),
          status: found.PipelineExecutionStatus ?? 'Executing',
          startedAt: isoOf(found.CreationTime) ?? '',
          reason: found.FailureReason,
        };
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async steps(arn, { token, limit = pageSize, signal } = {}) {
      const sagemaker = await clients.sagemaker();
      const found = await sagemaker.listPipelineExecutionSteps(
        {
          PipelineExecutionArn: arn,
          NextToken: token,
          MaxResults: Math.min(limit, pageSize),
          SortOrder: 'Ascending',
        },
        { abortSignal: signal },
      );
      return { items: (found.PipelineExecutionSteps ?? []).map(stepOf), next: found.NextToken };
    },
  };
}

export function pipelineWriter(account: Account): PipelineWriter {
  const { clients } = account;
  const reader = pipelineReader(account);
  return {
    async put({ name, description, definition, role }, { signal } = {}) {
      const sagemaker = await clients.sagemaker();
      const request = {
        PipelineName: name,
        PipelineDescription: description,
        PipelineDefinition: definition,
        RoleArn: role,
      };
      const before = await reader.describe(name, { signal });
      if (before === undefined) {
        // The same content asked for twice, as after a lost answer, creates one pipeline.
        const ClientRequestToken = createHash('sha256').update(JSON.stringify(request)).digest('hex');
        await sagemaker.createPipeline(
          { ...request, ClientRequestToken, Tags: tagsOf(account) },
          { abortSignal: signal },
        );
      } else {
        await mustBeOurs(account, { kind: 'pipeline', name }, { signal });
        await sagemaker.updatePipeline(request, { abortSignal: signal });
      }
      const made = await reader.describe(name, { signal });
      if (made === undefined) throw new InputError(`pipeline ${name}: somebody deleted it meanwhile`);
      return made;
    },
    async start(name, parameters, { token, signal } = {}) {
      await mustBeOurs(account, { kind: 'pipeline', name }, { signal });
      const sagemaker = await clients.sagemaker();
      const found = await sagemaker.startPipelineExecution(
        {
          PipelineName: name,
          PipelineParameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
          ClientRequestToken: token,
        },
        { abortSignal: signal },
      );
      return found.PipelineExecutionArn ?? '';
    },
  };
}

function stepOf(step: PipelineExecutionStep): PipelineStep {
  const { StepName = '', StepStatus = 'Starting', Metadata } = step;
  const { ProcessingJob, TrainingJob, Condition } = Metadata ?? {};
  const processing = ProcessingJob && ({ kind: 'processing', name: lastPart(ProcessingJob.Arn) } as const);
  const training = TrainingJob && ({ kind: 'training', name: lastPart(TrainingJob.Arn) } as const);
  return {
    name: StepName,
    type: Object.keys(Metadata ?? {})[0],
    status: StepStatus,
    startedAt: isoOf(step.StartTime),
    endedAt: isoOf(step.EndTime),
    reason: step.FailureReason,
    job: processing ?? training,
    outcome: Condition?.Outcome,
  };
}

function namesOf(arn = ''): { arn: string; id: string } {
  return { arn, id: lastPart(arn) };
}

function lastPart(arn = ''): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function isoOf(date: Date | undefined): string | undefined {
  return date?.toISOString();
}
