import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { urlScorer } from '../../../src/serving/scorers/url-scorer.js';

describe('an endpoint elsewhere that is asked for scores', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });
  const table = { columns: ['x'], values: [Float64Array.of(1, NaN, 3)], rows: 3 };

  async function asked(listener: RequestListener, limits = { answerMs: 5_000, mostAnswer: 1000 }) {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/score`;
    const place = { mayRun: () => undefined };
    return urlScorer({ kind: 'url', url, request: 'records' }, { task: 'binary', classes: [] }, place, limits);
  }
  const answering =
    (text: string, status = 200): RequestListener =>
    (_, response) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(text);

  it('is asked again while it is busy, and once for the same rows', async () => {
    let requests = 0;
    const scorer = await asked((request, response) => {
      requests += 1;
      answering(requests === 1 ? '' : '[0.1, 0.2, 0.3]', requests === 1 ? 503 : 200)(request, response);
    });
    for (let turn = 0; turn < 2; turn += 1) assert.deepEqual([...(await scorer.scores(table))[0]!], [0.1, 0.2, 0.3]);
    assert.equal(requests, 2);
  });

  it('is given up when it does not answer in time, or answers without end', async () => {
    const silent = await asked(() => undefined, { answerMs: 100, mostAnswer: 1000 });
    await assert.rejects(silent.scores(table), /did not answer within 0\.1 seconds/);
    server!.closeAllConnections();
    server!.close();
    const endless = await asked(answering('[' + '0.1,'.repeat(5000)));
    await assert.rejects(endless.scores(table), /answered more than 1\.0 kB/);
  });

  it('is believed only where each row has a score of its own', async () => {
    for (const [text, words] of [
      ['[0.1, 0.2]', /answered 2 rows, expected 3/],
      ['[null, null, null]', /answered null for row 1/],
      ['[0.1, [], 0.3]', /answered \[\] for row 2/],
      ['[0.1, [0.1, 0.2, 0.7], 0.3]', /for row 2, expected one probability, or two/],
      ['[{"other": 0.1}, {"other": 0.2}, {"other": 0.3}]', /answered {"other":0.1} for row 1/],
      ['<html>', /expected JSON or text\/csv/],
    ] as const) {
      const scorer = await asked(answering(text));
      await assert.rejects(scorer.scores(table), words);
      server!.close();
    }
  });

  it('may give a row no score, which is then not a number', async () => {
    for (const [text, type] of [
      ['[0.1, null, 0.3]'],
      ['[0.1, "none", 0.3]'],
      ['[[0.9, 0.1], [null, null], [0.7, 0.3]]'],
      ['[{"score": 0.1}, {"score": null}, {"score": 0.3}]'],
      ['[{"score": 0.1}, {"error": "no plan"}, {"score": 0.3}]'],
      ['0.1\n\n0.3\n', 'text/csv'],
      ['0.1\nnan\n0.3\n', 'text/csv'],
    ] as const) {
      const scorer = await asked((_, response) => {
        response.writeHead(200, { 'content-type': type ?? 'application/json' }).end(text);
      });
      assert.deepEqual([...(await scorer.scores(table))[0]!], [0.1, NaN, 0.3], text);
      server!.close();
    }
  });

  it('ends with the signal of whoever asks', async () => {
    const scorer = await asked(() => undefined);
    const ending = new AbortController();
    const asking = scorer.scores(table, ending.signal);
    ending.abort(new Error('not after all'));
    await assert.rejects(asking, /not after all/);
  });
});
