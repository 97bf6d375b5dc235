import assert from 'node:assert/strict';
import arrays from '../../fixtures/serving/arrays-npy-base64.json' with { type: 'json' };
import { replay, type ReplayWish } from '../../../src/pipeline/endpoints/replay.js';
import { putTreeModel } from '../../support/small-models.js';
import { hotEndpoint } from '../../support/hot-endpoint.js';

describe('captured requests replayed', function () {
  this.timeout(60_000);
  const hot = hotEndpoint();
  const place = { folder: '.', packages: '', mayRun: () => undefined, log: () => undefined };
  const said: string[] = [];
  const replayed = (change: Partial<ReplayWish>) =>
    replay(
      hot.place,
      { endpoint: 'hot', version: 'v5', limit: 1_000, rate: 100_000, ...change },
      { signal: new AbortController().signal, progress: (text) => said.push(text), place: place },
    );

  // v5 is the same model with its threshold at 0.535 where v1 has 0.5: of a score between them it says 0.
  const bodies: [type: string, accept: string, body: string | Uint8Array][] = [
    ['application/json', '*/*', '[[1, 2, 3], [-1, 0, null]]'],
    ['application/json', '*/*', '{"features": {"alpha": 0.15, "beta": 0.9, "gamma": -2}}'],
    ['application/jsonlines', 'application/jsonlines', '[1, 2, 3]\n[0.15, 0.9, -2]\n'],
    ['text/csv', 'text/csv', '1,2,3\n0.15,0.9,-2\n'],
    ['application/x-npy', '*/*', Buffer.from(arrays['i8 1d'], 'base64')],
  ];

  before(async () => {
    await putTreeModel(hot.place.writers('test').objects, 'v5', 0.535);
    for (const [type, accept, body] of bodies) {
      const response = await hot.post('/invocations', body, { 'content-type': type, accept });
      assert.equal(response.status, 200, await response.text());
    }
    await hot.post('/admin/flush', '');
  });

  it('with the version that answered differ in nothing, whatever form they had', async () => {
    const { requests, rows, differingRows, failed, unreadable, largest } = await replayed({ version: 'v1', limit: 5 });
    assert.deepEqual(
      { requests, differingRows, failed, unreadable, largest },
      {
        ...{ requests: 5, differingRows: 0, failed: [], unreadable: 0, largest: 0 },
      },
    );
    assert.equal(rows, 8);
  });

  it('with another version list each request that it answers otherwise, with both answers', async () => {
    const found = await replayed({ limit: 5 });
    assert.equal(found.differingRows, 4, 'of LightGBM’s own scores 0.531… lies between, and comes four times');
    assert.equal(found.differing.length, 4);
    for (const { before, after, eventId } of found.differing) {
      assert.match(eventId, /^[0-9a-f-]{36}$/);
      assert.notEqual(before, after);
    }
    assert.match(said.at(-1)!, /up to 5 requests of \d+ captured files .* no endpoint is asked or paid/);
  });

  it('with a version that cannot answer them say why for each', async () => {
    const { failed, requests } = await replayed({ version: 'v3', limit: 3 });
    assert.equal(failed.length, requests);
    assert.match(failed[0]!.why, /columns|features/);
  });

  it('go no faster than they may', async () => {
    const began = performance.now();
    await replayed({ limit: 4, rate: 10 });
    assert.ok(performance.now() - began > 250);
  });

  it('of an endpoint that captured nothing are none', async () => {
    assert.equal((await replayed({ endpoint: 'nobody' })).requests, 0);
  });
});
