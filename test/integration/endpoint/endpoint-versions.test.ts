import assert from 'node:assert/strict';
import { configOf, hotEndpoint } from '../../support/hot-endpoint.js';

describe('an endpoint process and its versions', function () {
  this.timeout(60_000);
  const hot = hotEndpoint();

  describe('when another version is deployed', () => {
    it('serves the new one in the same process, and keeps the old one for rollback', async () => {
      const { endpoints } = hot.place.writers('test');
      const updated = await endpoints.deploy(configOf('v2'));
      assert.equal(updated.pid, hot.info.pid);
      assert.equal(updated.serving?.[0]?.modelVersion, 'v2');
      assert.equal(updated.previous?.variants[0]?.modelVersion, 'v1');
      assert.deepEqual((await hot.answerTo([0.15, 0.9, -2])).body.threshold, 0.4);
      const again = await endpoints.deploy(configOf('v2'));
      assert.equal(again.previous?.variants[0]?.modelVersion, 'v1', 'deploying the same again lost the way back');
    });

    it('goes on with what it served when the new one cannot be loaded, and says why', async () => {
      const { endpoints } = hot.place.writers('test');
      await assert.rejects(
        endpoints.deploy(configOf('v9')),
        /artifacts\/models\/v9\/.*model_metadata\.json is missing/,
      );
      const after = await hot.place.endpoints.describe('hot');
      assert.equal(after?.status, 'InService');
      assert.equal(after.serving?.[0]?.modelVersion, 'v2');
      assert.equal((await hot.answerTo([1, 2, 3])).status, 200);
    });

    it('splits traffic by weight', async () => {
      const variants = [
        { name: 'blue', modelVersion: 'v1', weight: 0 },
        { name: 'green', modelVersion: 'v2', weight: 1 },
      ];
      await hot.place.writers('test').endpoints.deploy(configOf('', { variants }));
      for (let count = 0; count < 10; count += 1)
        assert.equal(
          (await hot.post('/invocations', '[1,2,3]')).headers.get('x-amzn-invoked-production-variant'),
          'green',
        );
      const asked = await hot.post('/invocations', '[1,2,3]', { 'X-Amzn-SageMaker-Target-Variant': 'blue' });
      assert.equal(asked.headers.get('x-amzn-invoked-production-variant'), 'blue');
    });
  });

  describe('with a regression', () => {
    before(async () => {
      await hot.serve('v3');
    });

    it('gives values for rows', async () => {
      const { body } = await hot.answerTo([
        [50, 20],
        [10, 0],
      ]);
      assert.deepEqual(body, { predictions: [90, 30], feature_names: ['area', 'age'] });
    });

    it('gives a prediction with its drift score for a record', async () => {
      const { status, body } = await hot.answerTo({ features: { area: 70, age: 15, other: 'left aside' } }, '/predict');
      assert.equal(status, 200);
      assert.equal(body.prediction, 135);
      assert.equal(body.drift_score, 1.5);
      assert.deepEqual(body.features_received, { area: 70, age: 15, other: 'left aside' });
      assert.ok(!Number.isNaN(Date.parse(body.timestamp as string)));
    });

    it('counts how far records lie from training, for an alarm to watch', async () => {
      const from = new Date();
      await hot.answerTo({ features: { area: 70, age: 15 } });
      await hot.answerTo([[1, 2]]);
      await hot.post('/admin/flush', '');
      const dimensions = { EndpointName: 'hot', VariantName: 'AllTraffic' };
      const asked = { namespace: 'AWS/SageMaker', metric: 'DriftScore', dimensions, period: 60, from, to: new Date() };
      const points = await hot.place.metrics.query({ ...asked, statistic: 'Maximum' });
      assert.equal(Math.max(...points.map(({ value }) => value)), 1.5);
    });

    it('takes a record as it is', async () => {
      const answered = await hot.answerTo({ area: 70, age: 15, other: 'left aside' }, '/predict');
      assert.deepEqual([answered.status, answered.body.prediction], [200, 135]);
    });

    it('names what a record lacks', async () => {
      const none = await hot.answerTo({ height: 1 }, '/predict');
      assert.deepEqual([none.status, none.body], [400, { error: 'Missing "features" in request body' }]);
      for (const record of [{ features: { area: 1 } }, { area: 1 }]) {
        const part = await hot.answerTo(record, '/predict');
        assert.deepEqual(
          [part.status, part.body],
          [400, { error: "Missing required features: ['age']", required_features: ['area', 'age'] }],
        );
      }
    });
  });
});
