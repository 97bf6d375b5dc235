import { jobVariables, type JobName } from '../documents/job.js';
import { clusterOf, networkOf, type JobMachine } from '../project/job-machine.js';
import { featureGroupName, modelGroupName } from '../project/names.js';
import { parseRule } from '../project/rules/rule.js';
import type { ProjectFile } from '../project/schema.js';

/** A value that is known only when the pipeline runs. Source: SageMaker's pipeline definition, schema 2020-12-01. */
export type Reference =
  | { Get: string }
  | { 'Std:Join': { On: string; Values: (string | Reference)[] } }
  | { 'Std:JsonGet': { PropertyFile: { Get: string }; Path: string } };

export interface PipelineParameter {
  Name: string;
  Type: 'String';
  DefaultValue?: string;
  EnumValues?: string[];
}
export interface ProcessingStep {
  Name: string;
  Type: 'Processing';
  DisplayName: string;
  /** CreateProcessingJob's request without the job's name. */
  Arguments: Record<string, unknown>;
  PropertyFiles?: { PropertyFileName: string; OutputName: string; FilePath: string }[];
}
export interface ConditionStep {
  Name: string;
  Type: 'Condition';
  DisplayName: string;
  Arguments: {
    Conditions: { Type: 'Equals'; LeftValue: Reference; RightValue: string }[];
    IfSteps: ProcessingStep[];
    ElseSteps: ProcessingStep[];
  };
}
export interface PipelineDefinition {
  Version: '2020-12-01';
  Metadata: Record<string, never>;
  Parameters: PipelineParameter[];
  PipelineExperimentConfig: null;
  Steps: (ProcessingStep | ConditionStep)[];
}

/** Where the pipeline is to run, as far as it is known; what is not becomes a parameter without a default. */
export interface PipelinePlace {
  /** The environment's name in `mlops.json`. */
  environment: string;
  bucket?: string;
  role?: string;
  image?: string;
  machine: JobMachine;
  /** Prefix of the project's files in the bucket. */
  project: string;
}

export function pipelineName(file: ProjectFile): string {
  return `${file.name}-monitoring`;
}

const names = {
  evaluate: 'EvaluateProductionData',
  check: 'CheckRetraining',
  retrain: 'RetrainAndDeploy',
  healthy: 'SaveHealthyReport',
  report: 'EvaluationReport',
  output: 'evaluation',
} as const;

/**
 * The project's monitoring as a SageMaker Pipeline: judge production data, then retrain and deploy, or write down that
 * the model is healthy. A model that is neither (its gates fail and ask for nothing, or it could not be judged) is
 * written down as what it is and fails that step, and so the execution: a condition cannot stand within a condition, so
 * there is no third branch. Every step is a job of one container image, which runs the same stages as everywhere.
 */
export function sagemakerPipeline(file: ProjectFile, place: PipelinePlace): PipelineDefinition {
  const step = (name: string, job: JobName, title: string) => processing(file, place, { name, job, title });
  const evaluate = withEvaluation(step(names.evaluate, 'monitor', 'Judge the production data'), place);
  const retrain = step(names.retrain, 'retrain', 'Retrain, and deploy what proves itself');
  const healthy = withInput(step(names.healthy, 'report', 'Write down the verdict; fails unless the model is healthy'));
  const status: Reference = {
    'Std:JsonGet': { PropertyFile: { Get: `Steps.${names.evaluate}.PropertyFiles.${names.report}` }, Path: 'status' },
  };
  const check: ConditionStep = {
    Name: names.check,
    Type: 'Condition',
    DisplayName: 'Retrain?',
    Arguments: {
      Conditions: [{ Type: 'Equals', LeftValue: status, RightValue: 'RETRAIN' }],
      IfSteps: [retrain],
      ElseSteps: [healthy],
    },
  };
  return {
    Version: '2020-12-01',
    Metadata: {},
    Parameters: parametersOf(file, place).map(([parameter]) => parameter),
    PipelineExperimentConfig: null,
    Steps: [evaluate, check],
  };
}

/** Each parameter with the variable by which a job gets it. */
function parametersOf(file: ProjectFile, place: PipelinePlace): [PipelineParameter, string][] {
  const text = (Name: string, value: string | undefined, extra: object = {}): PipelineParameter => ({
    ...{ Name, Type: 'String' as const },
    ...(value === undefined ? {} : { DefaultValue: value }),
    ...extra,
  });
  const flag = (name: string) => text(name, 'false', { EnumValues: ['true', 'false'] });
  const recall = targetRecall(file);
  return [
    [text('EndpointName', file.endpoint.name), jobVariables.endpoint],
    [text('BucketName', place.bucket), jobVariables.bucket],
    ...(recall === undefined
      ? []
      : [[text('TargetRecall', recall), jobVariables.targetRecall] satisfies [PipelineParameter, string]]),
    [text('FeatureGroupProd', featureGroupName(file.name, 'production')), jobVariables.groupProduction],
    [text('FeatureGroupTrain', featureGroupName(file.name, 'train')), jobVariables.groupTrain],
    [text('FeatureGroupVal', featureGroupName(file.name, 'validation')), jobVariables.groupValidation],
    [text('SageMakerRole', place.role), jobVariables.role],
    [text('ModelPackageGroup', modelGroupName(file.name)), jobVariables.modelGroup],
    [flag('ForceRetrain'), jobVariables.forceRetrain],
    [flag('ForceSkipRetrain'), jobVariables.forceSkipRetrain],
    [text('ImageUri', place.image), jobVariables.image],
  ];
}

/** The recall that a gate asks for, as it is written there. */
function targetRecall({ monitor }: ProjectFile): string | undefined {
  const rules = monitor.gates.map(({ rule }) => parseRule(rule));
  const found = rules.find(
    ({ figure, estimated, limit, slice }) => figure === 'recall' && !estimated && limit.kind === 'absolute' && !slice,
  );
  return found?.limit.text;
}

const parameter = (name: string): Reference => ({ Get: `Parameters.${name}` });

function inBucket(...path: (string | Reference)[]): Reference {
  return { 'Std:Join': { On: '/', Values: ['s3:/', parameter('BucketName'), ...path] } };
}

function processing(
  file: ProjectFile,
  place: PipelinePlace,
  { name, job, title }: { name: string; job: JobName; title: string },
): ProcessingStep {
  const given = parametersOf(file, place).map(([{ Name }, variable]) => [variable, parameter(Name)]);
  return {
    Name: name,
    Type: 'Processing',
    DisplayName: title,
    Arguments: {
      ProcessingResources: { ClusterConfig: clusterOf(place.machine, 1) },
      NetworkConfig: networkOf(place.machine),
      AppSpecification: {
        ImageUri: parameter('ImageUri'),
        ContainerEntrypoint: ['mlops', 'job'],
        ContainerArguments: [job],
      },
      RoleArn: parameter('SageMakerRole'),
      ProcessingInputs: [input('project', inBucket(place.project.replace(/\/$/, '')))],
      Environment: { [jobVariables.environment]: place.environment, ...Object.fromEntries(given) },
    },
  };
}

function input(name: string, uri: Reference) {
  return {
    InputName: name,
    AppManaged: false,
    S3Input: {
      S3Uri: uri,
      LocalPath: `/opt/ml/processing/input/${name}`,
      S3DataType: 'S3Prefix',
      S3InputMode: 'File',
      S3DataDistributionType: 'FullyReplicated',
      S3CompressionType: 'None',
    },
  };
}

/** Each execution's evaluation lies in a folder of its own. */
function withEvaluation(step: ProcessingStep, { machine }: PipelinePlace): ProcessingStep {
  const uri = inBucket('monitoring/pipeline/evaluation', { Get: 'Execution.PipelineExecutionId' });
  const S3Output = { S3Uri: uri, LocalPath: `/opt/ml/processing/output/${names.output}`, S3UploadMode: 'EndOfJob' };
  return {
    ...step,
    Arguments: {
      ...step.Arguments,
      ProcessingOutputConfig: {
        ...(machine.kmsKey === undefined ? {} : { KmsKeyId: machine.kmsKey }),
        Outputs: [{ OutputName: names.output, AppManaged: false, S3Output }],
      },
    },
    PropertyFiles: [{ PropertyFileName: names.report, OutputName: names.output, FilePath: 'evaluation.json' }],
  };
}

function withInput(step: ProcessingStep): ProcessingStep {
  const made = `Steps.${names.evaluate}.ProcessingOutputConfig.Outputs['${names.output}'].S3Output.S3Uri`;
  const { ProcessingInputs } = step.Arguments as { ProcessingInputs: object[] };
  return {
    ...step,
    Arguments: { ...step.Arguments, ProcessingInputs: [...ProcessingInputs, input(names.output, { Get: made })] },
  };
}
