import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startOf } from '../../../src/common/processes/process-identity.js';
import { configOf, hotEndpoint } from '../../support/hot-endpoint.js';
import { signedHeaders } from '../../support/sign.js';

describe('an endpoint process', function () {
  this.timeout(60_000);
  const hot = hotEndpoint();

  describe('when it ends', () => {
    it('loses nothing it captured when its process is terminated', async () => {
      const { endpoints } = hot.place.writers('test');
      const { pid } = await endpoints.deploy(configOf('v1', { name: 'terminated' }));
      await hot.place.endpoints.invoke('terminated', { body: '[6, 6, 6]', contentType: 'application/json' });
      process.kill(pid!, 'SIGTERM');
      const seen = await until(
        () => hot.place.endpoints.describe('terminated'),
        (found) => found?.status === 'Stopped',
      );
      assert.equal(seen?.reason, 'terminated');
      const [record] = await hot.captured('terminated', 'AllTraffic');
      assert.equal(record?.captureData.endpointInput.data, '[6, 6, 6]');
    });

    it('survives the process that started it', async () => {
      const starter = fork(resolve('test/support/deploy-and-leave.ts'), [hot.folder, hot.engineScript], {
        execArgv: ['--import', 'tsx'],
      });
      assert.deepEqual(await once(starter, 'exit'), [0, null]);
      const seen = await hot.place.endpoints.describe('orphan');
      assert.equal(seen?.status, 'InService');
    });

    it('takes requests that AWS clients sign with its credentials file', async () => {
      const ini = readFileSync(hot.info.credentialsFile!, 'utf8');
      const value = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(ini)![1]!;
      const credentials = {
        accessKeyId: value('aws_access_key_id'),
        secretAccessKey: value('aws_secret_access_key'),
      };
      const headers = await signedHeaders(`${hot.info.url}/endpoints/hot/invocations`, '[[1,2,3]]', credentials);
      assert.equal((await hot.post('/endpoints/hot/invocations', '[[1,2,3]]', headers)).status, 200);
      assert.equal((await hot.post('/endpoints/hot/invocations', '[[1,2,4]]', headers)).status, 403);
    });

    it('loses nothing it captured when it is stopped, and starts again as it was', async () => {
      const { endpoints } = hot.place.writers('test');
      await endpoints.deploy(configOf('v1', { name: 'ending' }));
      await hot.place.endpoints.invoke('ending', { body: '[5, 5, 5]', contentType: 'application/json' });
      await endpoints.stop('ending');
      const stopped = await hot.place.endpoints.describe('ending');
      assert.equal(stopped?.status, 'Stopped');
      assert.equal(stopped.serving, undefined);
      const [record] = await hot.captured('ending', 'AllTraffic');
      assert.equal(record?.captureData.endpointInput.data, '[5, 5, 5]');
      const request = { body: '[5, 5, 5]', contentType: 'application/json' };
      await assert.rejects(hot.place.endpoints.invoke('ending', request), /ending is Stopped/);
      const started = await endpoints.start('ending');
      assert.equal(started.status, 'InService');
      assert.equal(started.serving?.[0]?.modelVersion, 'v1');
    });

    it('is seen to be gone after a kill, and can be started again', async () => {
      const { endpoints } = hot.place.writers('test');
      const { pid } = await endpoints.deploy(configOf('v1', { name: 'killed' }));
      process.kill(pid!, 'SIGKILL');
      const seen = await until(
        () => hot.place.endpoints.describe('killed'),
        (found) => found?.status === 'Failed',
      );
      assert.match(seen!.reason!, new RegExp(`process ${pid} ended`));
      assert.equal((await endpoints.start('killed')).status, 'InService');
    });

    it('says why a first version could not be served', async () => {
      const { endpoints } = hot.place.writers('test');
      await assert.rejects(endpoints.deploy(configOf('v9', { name: 'never' })), /model_metadata\.json is missing/);
      const seen = await hot.place.endpoints.describe('never');
      assert.equal(seen?.status, 'Failed');
      assert.match(seen.reason!, /artifacts\/models\/v9\//);
      assert.equal((await endpoints.deploy(configOf('v1', { name: 'never' }))).status, 'InService');
    });

    it('ends by itself when nobody asks for long enough', async () => {
      process.env.MLOPS_ENDPOINT_IDLE_SECONDS = '0.2';
      try {
        await hot.place.writers('test').endpoints.deploy(configOf('v1', { name: 'idle' }));
      } finally {
        delete process.env.MLOPS_ENDPOINT_IDLE_SECONDS;
      }
      const seen = await until(
        () => hot.place.endpoints.describe('idle'),
        (found) => found?.status === 'Stopped',
      );
      assert.match(seen!.reason!, /no requests/);
    });

    it('takes its folder along when it is removed', async () => {
      const { endpoints } = hot.place.writers('test');
      const { pid } = await endpoints.deploy(configOf('v1', { name: 'removed' }));
      await endpoints.remove('removed');
      assert.equal(await hot.place.endpoints.describe('removed'), undefined);
      assert.equal(await startOf(pid!), undefined);
    });

    it('keeps tokens out of its log', async () => {
      const lines = await hot.place.endpoints.logs('hot');
      assert.ok(lines.some((line) => line.includes('serving v1')));
      assert.equal(lines.join('\n').includes(hot.token), false);
    });
  });
});

/** Asks again until the answer fits; the test's own time limit ends it. */
async function until<Value>(ask: () => Promise<Value>, fits: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (fits(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
