import assert from 'node:assert/strict';
import { endpointWriter } from '../../../../../src/platform/aws/endpoints/endpoint-writer.js';
import type { S3Writer } from '../../../../../src/platform/aws/storage/object-writer.js';
import type { S3Reader } from '../../../../../src/platform/aws/storage/objects.js';
import type { Account } from '../../../../../src/platform/aws/account/place.js';

const variant = (name: string, weight: number) => ({ name, modelVersion: 'models/1', weight });
/** Stopped with its traffic shifted and with two machines more than its configuration has. */
const stopped = {
  ...{ configName: 'e-1', createdAt: '2026-11-21T09:00:00.000Z', stoppedAt: '2026-11-21T10:00:00.000Z' },
  config: { name: 'e', group: 'models', variants: [variant('a', 0.75), variant('b', 0.25)], capture: 0 },
  instances: { a: 3, b: 1 },
};

/** SageMaker as far as starting goes: one change at a time, and none of what is not in service. */
function sagemakerThatMakes(made: { EndpointStatus: string; FailureReason?: string }) {
  let endpoint: Record<string, unknown> | undefined;
  let looks = 0;
  const asked: string[] = [];
  const live = (VariantName: string) => ({
    VariantName,
    ...{ CurrentWeight: 1, CurrentInstanceCount: 1, DesiredInstanceCount: 1 },
  });
  const sagemaker = {
    describeEndpoint() {
      if (endpoint === undefined) return Promise.reject(Object.assign(new Error('none'), { name: 'ResourceNotFound' }));
      if (endpoint.EndpointStatus === 'Updating' && ++looks > 1) endpoint.EndpointStatus = 'InService';
      return Promise.resolve(structuredClone(endpoint));
    },
    createEndpoint({ EndpointConfigName }: object & { EndpointConfigName?: string }) {
      const variants = made.EndpointStatus === 'InService' ? [live('a'), live('b')] : undefined;
      endpoint = { EndpointName: 'e', EndpointConfigName, ...made, ProductionVariants: variants };
      return Promise.resolve({});
    },
    updateEndpointWeightsAndCapacities(request: { DesiredWeightsAndCapacities: Record<string, unknown>[] }) {
      if (endpoint?.EndpointStatus !== 'InService')
        return Promise.reject(new Error(`Cannot update an endpoint that is ${String(endpoint?.EndpointStatus)}`));
      Object.assign(endpoint, { EndpointStatus: 'Updating' });
      looks = 0;
      for (const { VariantName, DesiredWeight, DesiredInstanceCount } of request.DesiredWeightsAndCapacities) {
        const variants = endpoint.ProductionVariants as Record<string, unknown>[];
        const one = variants.find((other) => other.VariantName === VariantName)!;
        if (DesiredWeight !== undefined) one.CurrentWeight = DesiredWeight;
        if (DesiredInstanceCount !== undefined) one.CurrentInstanceCount = DesiredInstanceCount;
        asked.push(`${String(VariantName)} ${String(DesiredWeight ?? DesiredInstanceCount)}`);
      }
      return Promise.resolve({});
    },
  };
  const settings = { name: 'prod', region: 'eu-west-1', bucket: 'bucket' };
  const clients = { sagemaker: () => Promise.resolve(sagemaker) };
  const account = { settings, project: { file: { name: 'p' } }, clients } as unknown as Account;
  const read = { read: () => Promise.resolve(Buffer.from(JSON.stringify(stopped))) } as unknown as S3Reader;
  // What is written down is the end of what is looked at here.
  const objects = { put: () => Promise.reject(new Error('written down')) } as unknown as S3Writer;
  return { asked, start: () => endpointWriter(account, read, objects).start('e') };
}

describe('starting an endpoint that was stopped', function () {
  this.timeout(20_000);

  it('shifts its traffic, and then adds the machines that it had, one change after the other', async () => {
    const { asked, start } = sagemakerThatMakes({ EndpointStatus: 'InService' });
    await assert.rejects(start(), { message: 'written down' });
    assert.deepEqual(asked, ['a 0.75', 'b 0.25', 'a 3']);
  });

  it('says why SageMaker could not make it', async () => {
    const { start } = sagemakerThatMakes({ EndpointStatus: 'Failed', FailureReason: 'no machines left' });
    await assert.rejects(start(), { message: 'endpoint e is Failed: no machines left' });
  });
});
