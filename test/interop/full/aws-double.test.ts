import assert from 'node:assert/strict';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variant, type AwsFill } from '../../doubles/aws/fill.js';

/** What the double answers itself must look like moto's own answer, wherever moto has one. */
describe('the double of AWS beside moto', function () {
  this.timeout(60_000);
  let double: AwsDouble;
  let through: AwsFill;
  let direct: AwsFill;

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    double = await startAwsDouble(python);
    through = fillAws(double.url, 'compared');
    direct = fillAws(double.motoUrl, 'compared');
    await through.bucket('compared');
  });
  after(() => double?.stop());

  const keysOf = (answer: object) =>
    Object.keys(answer)
      .filter((key) => key !== '$metadata')
      .sort();

  it('shows a feature group as moto does', async () => {
    await through.featureGroup('compared');
    const request = { FeatureGroupName: 'compared' };
    const [ours, motos] = [through, direct].map(({ clients }) => clients.sagemaker.describeFeatureGroup(request));
    assert.deepEqual(keysOf(await ours!), keysOf(await motos!));
  });

  it('shows an alarm with what moto shows, and when its state changed', async () => {
    await through.alarm('compared');
    const of = async ({ clients }: AwsFill) => (await clients.cloudwatch.describeAlarms({})).MetricAlarms![0]!;
    const shown = keysOf(await of(through));
    for (const key of keysOf(await of(direct))) assert.ok(shown.includes(key), key);
  });

  it('shows an updated endpoint, and shifts its weights, as moto does one that was never updated', async () => {
    const { sagemaker } = through.clients;
    await through.model('compared', { dataUrl: 's3://compared/m.tar.gz' });
    for (const name of ['one', 'two'])
      await sagemaker.createEndpointConfig({
        EndpointConfigName: name,
        ProductionVariants: [variant('a', 'compared', 1), variant('b', 'compared', 1)],
      });
    await sagemaker.createEndpoint({ EndpointName: 'plain', EndpointConfigName: 'one' });
    await sagemaker.createEndpoint({ EndpointName: 'updated', EndpointConfigName: 'one' });
    await sagemaker.updateEndpoint({ EndpointName: 'updated', EndpointConfigName: 'two' });
    for (let look = 0; look < 3; look += 1) await sagemaker.describeEndpoint({ EndpointName: 'updated' });
    const DesiredWeightsAndCapacities = [{ VariantName: 'a', DesiredWeight: 3 }];
    const described = async (EndpointName: string) => {
      await sagemaker.updateEndpointWeightsAndCapacities({ EndpointName, DesiredWeightsAndCapacities });
      const found = await sagemaker.describeEndpoint({ EndpointName });
      const variants = (found.ProductionVariants ?? []).map(({ VariantName, DesiredWeight, CurrentWeight }) => {
        return [VariantName, DesiredWeight, CurrentWeight];
      });
      return { status: found.EndpointStatus, variants };
    };
    assert.deepEqual(await described('updated'), await described('plain'));
  });
});
