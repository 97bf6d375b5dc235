import type { Account } from '../account/place.js';
import { named, nobody, passing, read, rightsOf, write, type Names, type Need } from '../rights/rights.js';

const pipelineOf = ({ project }: Account) => `${project.file.name}-monitoring`;

const pipeline = named('pipeline', 'PipelineName');

/** Pipelines, and jobs where `mlops.json` has stages run as such. */
export const jobRights = rightsOf({
  needs(names) {
    const { arn, sagemaker, name } = names;
    const own = `pipeline/${name}-monitoring`.toLowerCase();
    const logs = ['ProcessingJobs', 'TrainingJobs'].map((group) => arn('logs', `log-group:/aws/sagemaker/${group}:*`));
    return [
      read('sagemaker', ['DescribePipeline', 'ListPipelineExecutions'], ...sagemaker(own)),
      read(
        'sagemaker',
        ['DescribePipelineExecution', 'ListPipelineExecutionSteps'],
        ...sagemaker(`${own}/execution/*`),
      ),
      read('logs', ['FilterLogEvents'], ...logs),
      write(
        'sagemaker',
        ['CreatePipeline', 'UpdatePipeline', 'StartPipelineExecution', 'DeletePipeline'],
        ...sagemaker(own),
      ),
      ...ownJobs(names),
    ];
  },
  probes: {
    'sagemaker:DescribePipeline': async (account, options) =>
      (await account.clients.sagemaker()).describePipeline({ PipelineName: pipelineOf(account) }, options),
    'sagemaker:ListPipelineExecutions': async (account, options) =>
      (await account.clients.sagemaker()).listPipelineExecutions(
        { PipelineName: pipelineOf(account), MaxResults: 1 },
        options,
      ),
    'sagemaker:DescribeProcessingJob': async ({ clients }, options) =>
      (await clients.sagemaker()).describeProcessingJob({ ProcessingJobName: nobody }, options),
    'sagemaker:DescribeTrainingJob': async ({ clients }, options) =>
      (await clients.sagemaker()).describeTrainingJob({ TrainingJobName: nobody }, options),
    'sagemaker:ListProcessingJobs': async ({ clients }, options) =>
      (await clients.sagemaker()).listProcessingJobs({ MaxResults: 1 }, options),
    'sagemaker:ListTrainingJobs': async ({ clients }, options) =>
      (await clients.sagemaker()).listTrainingJobs({ MaxResults: 1 }, options),
    'logs:FilterLogEvents': async ({ clients }, options) =>
      (await clients.logs()).filterLogEvents({ logGroupName: '/aws/sagemaker/ProcessingJobs', limit: 1 }, options),
  },
  finds: {
    pipeline: async ({ clients }, PipelineName, options) =>
      (await (await clients.sagemaker()).describePipeline({ PipelineName }, options)).PipelineArn,
    'processing-job': async ({ clients }, ProcessingJobName, options) =>
      (await (await clients.sagemaker()).describeProcessingJob({ ProcessingJobName }, options)).ProcessingJobArn,
    'training-job': async ({ clients }, TrainingJobName, options) =>
      (await (await clients.sagemaker()).describeTrainingJob({ TrainingJobName }, options)).TrainingJobArn,
  },
  touches: {
    CreatePipeline: pipeline,
    UpdatePipeline: pipeline,
    DeletePipeline: pipeline,
    StartPipelineExecution: pipeline,
    CreateProcessingJob: named('processing-job', 'ProcessingJobName'),
    StopProcessingJob: named('processing-job', 'ProcessingJobName'),
    CreateTrainingJob: named('training-job', 'TrainingJobName'),
    StopTrainingJob: named('training-job', 'TrainingJobName'),
  },
});

function ownJobs({ sagemaker, name, settings, project }: Names): Need[] {
  const said = project.file.environments[settings.name]?.jobs;
  if (said === undefined) return [];
  const { role, kmsKey } = said;
  const [processing, training] = sagemaker(
    `processing-job/${name}-*`.toLowerCase(),
    `training-job/${name}-*`.toLowerCase(),
  );
  return [
    read('sagemaker', ['DescribeProcessingJob', 'DescribeTrainingJob'], processing!, training!),
    read('sagemaker', ['ListProcessingJobs', 'ListTrainingJobs'], '*'),
    write('sagemaker', ['CreateProcessingJob', 'StopProcessingJob'], processing!),
    write('sagemaker', ['CreateTrainingJob', 'StopTrainingJob'], training!),
    write('sagemaker', ['AddTags'], processing!, training!),
    ...(role === undefined ? [] : [passing(role)]),
    // A key that is not named by its ARN may be any of the account's.
    ...(kmsKey === undefined
      ? []
      : [write('kms', ['CreateGrant', 'DescribeKey'], kmsKey.startsWith('arn:') ? kmsKey : '*')]),
  ];
}
