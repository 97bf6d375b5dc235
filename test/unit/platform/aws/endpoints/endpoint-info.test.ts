import assert from 'node:assert/strict';
import type { EndpointFacts } from '../../../../../src/platform/aws/endpoints/endpoint-facts.js';
import { configDrift } from '../../../../../src/pipeline/endpoints/drift.js';
import { endpointInfoOf } from '../../../../../src/platform/aws/endpoints/endpoint-info.js';

const created = new Date('2026-11-21T09:00:00Z');
const packageArn = (version: number) => `arn:aws:sagemaker:eu-west-1:1:model-package/churn/${version}`;

function facts(change: Partial<EndpointFacts['endpoint']> = {}, more: Partial<EndpointFacts> = {}): EndpointFacts {
  return {
    endpoint: {
      EndpointName: 'churn',
      EndpointArn: 'arn',
      EndpointConfigName: 'churn-1',
      EndpointStatus: 'InService',
      CreationTime: created,
      LastModifiedTime: created,
      ProductionVariants: [{ VariantName: 'AllTraffic', CurrentWeight: 1, DesiredWeight: 1 }],
      ...change,
    },
    current: config('churn-1', [['AllTraffic', 'model-3', 1]]),
    models: new Map([model('model-3', 3), model('model-4', 4)]),
    ...more,
  };
}

function config(name: string, variants: [string, string, number][], capture?: number): EndpointFacts['current'] {
  return {
    EndpointConfigName: name,
    EndpointConfigArn: 'arn',
    CreationTime: created,
    ProductionVariants: variants.map(([VariantName, ModelName, InitialVariantWeight]) => {
      return { VariantName, ModelName, InitialVariantWeight };
    }),
    DataCaptureConfig:
      capture === undefined
        ? undefined
        : { EnableCapture: true, InitialSamplingPercentage: capture, DestinationS3Uri: 's3://b/c', CaptureOptions: [] },
  };
}

function model(name: string, version: number) {
  const ModelPackageName = packageArn(version);
  return [
    name,
    { ModelName: name, PrimaryContainer: { ModelPackageName }, ModelArn: 'arn', CreationTime: created },
  ] as const;
}

describe('what an endpoint in SageMaker serves', () => {
  it('is the registered version of its model, and all is well when that was asked for', () => {
    const info = endpointInfoOf(facts(), 'url');
    assert.equal(info.status, 'InService');
    assert.equal(info.config.group, 'churn');
    assert.deepEqual(info.config.variants, [{ name: 'AllTraffic', modelVersion: 'v3', weight: 1 }]);
    assert.deepEqual(info.serving, info.config.variants);
    assert.equal(info.reason, undefined);
    assert.equal(info.config.capture, 0);
  });

  it('is compared with the configuration that an update leads to', () => {
    const pending = config('churn-2', [['AllTraffic', 'model-4', 1]], 20);
    const info = endpointInfoOf(facts({ EndpointStatus: 'Updating' }, { pending }), undefined);
    assert.equal(info.status, 'Updating');
    assert.equal(info.config.variants[0]?.modelVersion, 'v4');
    assert.equal(info.config.capture, 0.2);
    assert.equal(info.serving?.[0]?.modelVersion, 'v3');
    assert.equal(info.reason, 'serves AllTraffic v3 100 %, asked for AllTraffic v4 100 %');
  });

  it('shows shares of traffic, and a weight that is not yet what was wished', () => {
    const current = config('churn-1', [
      ['old', 'model-3', 9],
      ['new', 'model-4', 1],
    ]);
    const ProductionVariants = [
      { VariantName: 'old', CurrentWeight: 9, DesiredWeight: 1 },
      { VariantName: 'new', CurrentWeight: 1, DesiredWeight: 1 },
    ];
    const info = endpointInfoOf(facts({ ProductionVariants }, { current }), undefined);
    assert.deepEqual(
      info.serving?.map(({ weight }) => weight),
      [0.9, 0.1],
    );
    assert.equal(info.reason, 'serves old v3 90 %, new v4 10 %, asked for old v3 50 %, new v4 50 %');
  });

  it('is unknown while it is being created, or has failed', () => {
    assert.equal(endpointInfoOf(facts({ EndpointStatus: 'Creating' }), undefined).serving, undefined);
    const failed = endpointInfoOf(facts({ EndpointStatus: 'Failed', FailureReason: 'no capacity' }), undefined);
    assert.equal(failed.serving, undefined);
    assert.equal(failed.reason, 'no capacity');
  });

  it('is nothing while it is out of service, whatever variants it lists', () => {
    const info = endpointInfoOf(facts({ EndpointStatus: 'OutOfService' }), undefined);
    assert.equal(info.serving, undefined);
    assert.match(configDrift({ ...info, ours: true }) ?? '', /out of service .*asked for v3/);
  });

  it('takes the version from the artifact’s key, else the model’s name, when no package says it', () => {
    const at = (ModelDataUrl: string) =>
      new Map([
        [
          'model-3',
          { ModelName: 'model-3', PrimaryContainer: { ModelDataUrl }, ModelArn: 'arn', CreationTime: created },
        ],
      ]);
    const versionOf = (models: EndpointFacts['models']) =>
      endpointInfoOf(facts({}, { models }), undefined).config.variants[0]?.modelVersion;
    assert.equal(versionOf(at('s3://b/artifacts/models/v12/model.tar.gz')), 'v12');
    assert.equal(versionOf(at('s3://b/somewhere/model.tar.gz')), 'model-3');
    assert.equal(versionOf(new Map()), 'model-3');
  });

  it('reads states between as on their way, and an unknown one as out of service', () => {
    const statusOf = (EndpointStatus: string) =>
      endpointInfoOf(facts({ EndpointStatus: EndpointStatus as 'InService' }), undefined).status;
    assert.equal(statusOf('RollingBack'), 'Updating');
    assert.equal(statusOf('SystemUpdating'), 'Updating');
    assert.equal(statusOf('UpdateRollbackFailed'), 'Failed');
    assert.equal(statusOf('SomethingNew'), 'OutOfService');
  });
});
