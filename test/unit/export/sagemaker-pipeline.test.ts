import assert from 'node:assert/strict';
import { sagemakerPipeline, type PipelineDefinition } from '../../../src/export/sagemaker-pipeline.js';
import { jobNames } from '../../../src/documents/job.js';
import { jobsSchema } from '../../../src/project/schema.js';
import { projectFile } from '../../support/stage-context.js';

const place = { environment: 'prod', bucket: 'acme', machine: jobsSchema.parse({}), project: 'projects/abc/' };
const file = projectFile({
  monitor: { gates: [{ id: 'recall', level: 'hard', rule: 'recall >= 0.70', action: 'retrain' }] },
});

/** Every step, those within conditions too. */
function stepsOf({ Steps }: PipelineDefinition) {
  return Steps.flatMap((step) =>
    step.Type === 'Condition' ? [step, ...step.Arguments.IfSteps, ...step.Arguments.ElseSteps] : [step],
  );
}

function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value as Record<string, unknown>);
  return entries.flatMap(([name, one]) => (name === key ? [one] : valuesOf(key, one)));
}

describe('the SageMaker Pipeline of a project', () => {
  const definition = sagemakerPipeline(file, place);

  it('judges, then retrains and deploys or saves the healthy report', () => {
    assert.equal(definition.Version, '2020-12-01');
    assert.deepEqual(
      definition.Steps.map(({ Name, Type }) => [Name, Type]),
      [
        ['EvaluateProductionData', 'Processing'],
        ['CheckRetraining', 'Condition'],
      ],
    );
    const [, check] = definition.Steps;
    assert.ok(check?.Type === 'Condition');
    const { Conditions, IfSteps, ElseSteps } = check.Arguments;
    assert.deepEqual(Conditions, [
      {
        Type: 'Equals',
        LeftValue: {
          'Std:JsonGet': {
            PropertyFile: { Get: 'Steps.EvaluateProductionData.PropertyFiles.EvaluationReport' },
            Path: 'status',
          },
        },
        RightValue: 'RETRAIN',
      },
    ]);
    assert.deepEqual(
      [...IfSteps, ...ElseSteps].map(({ Name }) => Name),
      ['RetrainAndDeploy', 'SaveHealthyReport'],
    );
  });

  it("has the template's ten parameters and the image, with the project's values", () => {
    const defaults = Object.fromEntries(definition.Parameters.map((one) => [one.Name, one.DefaultValue]));
    assert.deepEqual(defaults, {
      EndpointName: 'made',
      BucketName: 'acme',
      TargetRecall: '0.70',
      FeatureGroupProd: 'made-production',
      FeatureGroupTrain: 'made-train',
      FeatureGroupVal: 'made-validation',
      SageMakerRole: undefined,
      ModelPackageGroup: 'made',
      ForceRetrain: 'false',
      ForceSkipRetrain: 'false',
      ImageUri: undefined,
    });
  });

  it('refers to nothing that it does not have, and uses every parameter', () => {
    const names = new Set(definition.Parameters.map(({ Name }) => `Parameters.${Name}`));
    const used = new Set(valuesOf('Get', definition) as string[]);
    const unknown = [...used].filter((one) => one.startsWith('Parameters.') && !names.has(one));
    assert.deepEqual(unknown, []);
    assert.deepEqual(
      [...names].filter((one) => !used.has(one)),
      [],
    );
    const steps = new Set(stepsOf(definition).map(({ Name }) => Name));
    for (const reference of used) {
      const step = /^Steps\.(\w+)\./.exec(reference)?.[1];
      assert.ok(step === undefined || steps.has(step), reference);
    }
  });

  it('calls jobs that the image knows, under names that SageMaker takes', () => {
    for (const step of stepsOf(definition)) {
      assert.match(step.Name, /^[A-Za-z0-9_-]{1,64}$/);
      for (const [job] of valuesOf('ContainerArguments', step) as string[][])
        assert.ok((jobNames as readonly string[]).includes(job!), job);
    }
  });

  it('has every job run on the machine and within the network that mlops.json names', () => {
    const machine = jobsSchema.parse({
      ...{ instance: 'ml.m5.4xlarge', volumeGb: 500, kmsKey: 'alias/mlops', encryptTraffic: true },
      network: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] },
    });
    const secured = stepsOf(sagemakerPipeline(file, { ...place, machine })).filter(({ Type }) => Type === 'Processing');
    assert.equal(secured.length, 3);
    for (const { Arguments } of secured) {
      const { ProcessingResources, NetworkConfig } = Arguments as Record<string, unknown>;
      assert.deepEqual(ProcessingResources, {
        ClusterConfig: {
          ...{ InstanceType: 'ml.m5.4xlarge', InstanceCount: 1, VolumeSizeInGB: 500, VolumeKmsKeyId: 'alias/mlops' },
        },
      });
      assert.deepEqual(NetworkConfig, {
        EnableNetworkIsolation: false,
        EnableInterContainerTrafficEncryption: true,
        VpcConfig: { Subnets: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] },
      });
    }
    assert.deepEqual(valuesOf('KmsKeyId', secured), ['alias/mlops']);
  });

  it('asks for no target recall where no gate has one', () => {
    const other = projectFile({
      monitor: { gates: [{ id: 'auc', level: 'hard', rule: 'roc_auc >= 0.95 * baseline' }] },
    });
    const names = sagemakerPipeline(other, place).Parameters.map(({ Name }) => Name);
    assert.ok(!names.includes('TargetRecall'));
    assert.ok(!JSON.stringify(sagemakerPipeline(other, place)).includes('TargetRecall'));
  });

  it('stays within what SageMaker takes as a definition', () => {
    assert.ok(JSON.stringify(definition).length < 1_048_576);
  });
});
