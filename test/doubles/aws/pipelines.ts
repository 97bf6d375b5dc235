import { randomBytes } from 'node:crypto';
import type { Jobs } from './jobs.js';
import { done, refusal, type Answer, type Json } from './own/part.js';
import type { PlatformStore } from './containers.js';

interface Step {
  StepName: string;
  StepStatus: string;
  StartTime: number;
  EndTime?: number;
  FailureReason?: string;
  Metadata: Json;
}
interface Execution {
  arn: string;
  status: string;
  reason?: string;
  startedAt: number;
  steps: Step[];
  ended: Promise<void>;
}
interface StepDefinition {
  Name: string;
  Type: string;
  Arguments: Json;
  PropertyFiles?: { PropertyFileName: string; OutputName: string; FilePath: string }[];
}
export interface Definition {
  Parameters: { Name: string; DefaultValue?: string; EnumValues?: string[] }[];
  Steps: StepDefinition[];
}

const arnOf = (name: string) => `arn:aws:sagemaker:us-east-1:123456789012:pipeline/${name}`;

/** Executions of pipelines, step by step as their definitions say; moto only keeps the definitions. */
export function pipelinesDouble(jobs: Jobs, store: PlatformStore, definitionOf: (name: string) => Promise<Definition>) {
  const executions = new Map<string, Execution[]>();
  const find = ({ PipelineExecutionArn }: Json) =>
    [...executions.values()].flat().find(({ arn }) => arn === PipelineExecutionArn);

  function start(name: string, given: { Name: string; Value: string }[]): Execution {
    const arn = `${arnOf(name)}/execution/${randomBytes(6).toString('hex')}`;
    const execution: Execution = {
      ...{ arn, status: 'Executing', startedAt: Date.now() / 1000, steps: [] },
      ended: Promise.resolve(),
    };
    executions.set(name, [execution, ...(executions.get(name) ?? [])]);
    execution.ended = definitionOf(name)
      .then((definition) => new Interpreter(definition, given, execution, jobs, store).run(definition.Steps))
      .then(
        () => void (execution.status = 'Succeeded'),
        (error: unknown) => {
          execution.status = 'Failed';
          execution.reason = error instanceof Error ? error.message : String(error);
        },
      );
    return execution;
  }

  const answers: Record<string, (body: Json) => Answer | undefined> = {
    StartPipelineExecution: (body) =>
      done({
        PipelineExecutionArn: start(
          String(body.PipelineName),
          (body.PipelineParameters as { Name: string; Value: string }[] | undefined) ?? [],
        ).arn,
      }),
    ListPipelineExecutions: ({ PipelineName }) =>
      done({
        PipelineExecutionSummaries: (executions.get(String(PipelineName)) ?? []).map(({ arn, status, startedAt }) => ({
          ...{ PipelineExecutionArn: arn, PipelineExecutionStatus: status, StartTime: startedAt },
        })),
      }),
    DescribePipelineExecution(body) {
      const found = find(body);
      if (found === undefined) return refusal('ResourceNotFound', 'no such execution');
      const { arn, status, reason, startedAt } = found;
      return done({
        ...{ PipelineExecutionArn: arn, PipelineExecutionStatus: status, CreationTime: startedAt },
        ...(reason === undefined ? {} : { FailureReason: reason }),
      });
    },
    ListPipelineExecutionSteps: (body) => done({ PipelineExecutionSteps: find(body)?.steps ?? [] }),
  };
  return {
    answers,
    /** Resolves when every execution has ended. */
    async settled(): Promise<void> {
      await Promise.all([...executions.values()].flat().map(({ ended }) => ended));
    },
  };
}

/** Carries out one execution: resolves references, runs processing steps as jobs, takes the branch of a condition. */
class Interpreter {
  private readonly parameters: Record<string, string>;
  /** Of the steps that ran, by name: their resolved arguments and definitions. */
  private readonly done = new Map<string, { step: StepDefinition; request: Json }>();

  constructor(
    definition: Definition,
    given: { Name: string; Value: string }[],
    private readonly execution: Execution,
    private readonly jobs: Jobs,
    private readonly store: PlatformStore,
  ) {
    const values = new Map(given.map(({ Name, Value }) => [Name, Value]));
    this.parameters = Object.fromEntries(
      definition.Parameters.map(({ Name, DefaultValue, EnumValues }) => {
        const value = values.get(Name) ?? DefaultValue;
        if (value === undefined) throw new Error(`parameter ${Name} has no value`);
        if (EnumValues && !EnumValues.includes(value)) throw new Error(`parameter ${Name}: ${value} is not allowed`);
        return [Name, value];
      }),
    );
  }

  async run(steps: StepDefinition[]): Promise<void> {
    for (const step of steps) {
      const record: Step = {
        ...{ StepName: step.Name, StepStatus: 'Executing', StartTime: Date.now() / 1000 },
        Metadata: {},
      };
      this.execution.steps.push(record);
      try {
        if (step.Type === 'Condition') await this.branch(step, record);
        else await this.process(step, record);
      } catch (error) {
        record.StepStatus = 'Failed';
        record.FailureReason ??= String(error);
        throw new Error(`step ${step.Name} failed`);
      } finally {
        record.EndTime ??= Date.now() / 1000;
      }
    }
  }

  private async process(step: StepDefinition, record: Step): Promise<void> {
    if (step.Type !== 'Processing') throw new Error(`a step of type ${step.Type} is not known here`);
    const request = (await this.resolve(step.Arguments)) as Json;
    const name = `pipelines-${this.execution.arn.split('/').at(-1)}-${step.Name}-${randomBytes(5).toString('hex')}`;
    record.Metadata = {
      ProcessingJob: { Arn: `arn:aws:sagemaker:us-east-1:123456789012:processing-job/${name}` },
    };
    const job = this.jobs.process(name, request);
    await job.ended;
    this.done.set(step.Name, { step, request });
    if (job.status !== 'Completed') {
      record.FailureReason = `ClientError: ${job.reason}`;
      throw new Error(job.reason);
    }
    record.StepStatus = 'Succeeded';
  }

  private async branch(step: StepDefinition, record: Step): Promise<void> {
    const { Conditions, IfSteps, ElseSteps } = step.Arguments as unknown as {
      Conditions: { Type: string; LeftValue: unknown; RightValue: unknown }[];
      IfSteps: StepDefinition[];
      ElseSteps: StepDefinition[];
    };
    let holds = true;
    for (const { Type, LeftValue, RightValue } of Conditions) {
      if (Type !== 'Equals') throw new Error(`a condition of type ${Type} is not known here`);
      holds &&= (await this.resolve(LeftValue)) === (await this.resolve(RightValue));
    }
    record.Metadata = { Condition: { Outcome: holds ? 'True' : 'False' } };
    record.StepStatus = 'Succeeded';
    record.EndTime = Date.now() / 1000;
    await this.run(holds ? IfSteps : ElseSteps);
  }

  private async resolve(value: unknown): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map((one) => this.resolve(one)));
    if (typeof value !== 'object' || value === null) return value;
    const record = value as Json;
    if (typeof record.Get === 'string') return this.get(record.Get);
    if ('Std:Join' in record) {
      const { On, Values } = record['Std:Join'] as { On: string; Values: unknown[] };
      return ((await this.resolve(Values)) as string[]).join(On);
    }
    if ('Std:JsonGet' in record)
      return this.jsonGet(record['Std:JsonGet'] as { PropertyFile: { Get: string }; Path: string });
    const entries = Object.entries(record).map(async ([key, one]) => [key, await this.resolve(one)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  private get(path: string): unknown {
    if (path === 'Execution.PipelineExecutionId') return this.execution.arn.split('/').at(-1);
    const parameter = /^Parameters\.(.+)$/.exec(path)?.[1];
    if (parameter !== undefined && parameter in this.parameters) return this.parameters[parameter];
    const output = /^Steps\.(\w+)\.ProcessingOutputConfig\.Outputs\['(\w+)'\]\.S3Output\.S3Uri$/.exec(path);
    if (output !== null) return this.outputOf(output[1]!, output[2]!);
    throw new Error(`nothing is known of ${path}`);
  }

  private async jsonGet({ PropertyFile, Path }: { PropertyFile: { Get: string }; Path: string }): Promise<unknown> {
    const [, name = '', file = ''] = /^Steps\.(\w+)\.PropertyFiles\.(\w+)$/.exec(PropertyFile.Get) ?? [];
    const found = this.done.get(name)?.step.PropertyFiles?.find(({ PropertyFileName }) => PropertyFileName === file);
    if (found === undefined) throw new Error(`step ${name} has no property file ${file}`);
    const bytes = await this.store.bytesOf(`${this.outputOf(name, found.OutputName)}/${found.FilePath}`);
    const document = JSON.parse(bytes.toString('utf8')) as Json;
    return Path.split('.').reduce<unknown>((at, key) => (at as Json)[key], document);
  }

  private outputOf(name: string, output: string): string {
    const { ProcessingOutputConfig } = this.done.get(name)!.request as {
      ProcessingOutputConfig: { Outputs: { OutputName: string; S3Output: { S3Uri: string } }[] };
    };
    return ProcessingOutputConfig.Outputs.find(({ OutputName }) => OutputName === output)!.S3Output.S3Uri;
  }
}
