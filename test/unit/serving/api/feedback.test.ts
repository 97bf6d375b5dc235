import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiSchema } from '../../../../src/project/parts/api-schema.js';
import { openFeedback } from '../../../../src/serving/api/feedback/feedback.js';
import { linearPredictor, serveApi, type ServedApi } from '../../../support/served-api.js';
import { temporaryFolder } from '../../../support/temporary.js';

const api = apiSchema.parse({
  routes: { '/predict': {}, '/batch-predict': {}, '/feedback': { label: 'failure', window: 3 } },
});
const high = { x: 5 };
const low = { x: -5 };

describe('feedback on predictions', () => {
  const place = temporaryFolder();
  let served: ServedApi;
  let folders = 0;
  let kept: { folder: string; temporary: string };
  const start = async () => {
    const predictor = linearPredictor({ task: 'binary', columns: { x: 'number' }, outputs: [{ x: 1 }] });
    served = await serveApi(predictor, api, { kept });
  };
  beforeEach(() => {
    kept = { folder: join(place.path, `api${(folders += 1)}`), temporary: join(place.path, 'tmp') };
    return start();
  });
  afterEach(() => served.close());
  after(() => place.remove());

  const predict = async (features: object, id?: string) => {
    const { body, status, text } = await served.ask(
      '/predict',
      id === undefined ? features : { ...features, inference_id: id },
    );
    assert.equal(status, 200, text);
    return body.inference_id as string;
  };
  const label = (inference_id: string, failure: unknown, more = {}) =>
    served.ask('/feedback', { inference_id, failure, ...more });

  it('gives a prediction an id where its caller gives none, and takes its label by that', async () => {
    const id = await predict(high);
    const { status, body } = await label(id, 1);
    assert.equal(status, 200);
    assert.deepEqual(body, {
      ...{ status: 'Feedback received', outcome: 'counted', prediction: 1, ground_truth: 1, current_accuracy: 1, n: 1 },
    });
  });

  it("takes SageMaker's header for the id of a prediction", async () => {
    const headers = { 'X-Amzn-SageMaker-Inference-Id': 'a-1' };
    await served.ask('/predict', high, { headers });
    assert.equal((await label('a-1', 0)).body.current_accuracy, 0);
    assert.equal(served.captured[0]!.inferenceId, 'a-1', 'which is captured with it');
  });

  it('counts the accuracy over the newest predictions, in their order and not in that of their labels', async () => {
    for (const id of ['1', '2', '3', '4']) await predict(high, id);
    assert.equal((await label('4', 1)).body.current_accuracy, 1);
    assert.equal((await label('2', 0)).body.current_accuracy, 0.5);
    assert.equal((await label('3', 1)).body.current_accuracy, 2 / 3);
    const late = (await label('1', 0)).body;
    assert.deepEqual([late.outcome, late.current_accuracy, late.n], ['late', 2 / 3, 3], 'three newer ones are known');
    await predict(high, '5');
    assert.equal((await label('5', 1)).body.current_accuracy, 1, 'the second has left');
  });

  it('counts a label that comes twice once, and refuses one that contradicts it', async () => {
    await predict(high, 'a');
    await label('a', 1);
    const again = (await label('a', '1')).body;
    assert.deepEqual([again.outcome, again.n], ['repeated', 1]);
    const other = await label('a', 0);
    assert.deepEqual([other.status, other.body.ground_truth], [409, 1]);
    const replaced = await label('a', 0, { replace: true });
    assert.deepEqual(
      [replaced.status, replaced.body.outcome, replaced.body.current_accuracy, replaced.body.n],
      [200, 'replaced', 0, 1],
    );
  });

  it('says that it knows no prediction of an id', async () => {
    const { status, body } = await label('never', 1);
    assert.equal(status, 404);
    assert.match(body.detail as string, /"never"/);
  });

  for (const [what, failure, type] of [
    ['no label', undefined, 'missing'],
    ['another number', 2, 'literal_error'],
    ['a word', 'maybe', 'literal_error'],
    ['a list', [1], 'literal_error'],
  ] as const)
    it(`refuses ${what}, which would count as a prediction that was wrong`, async () => {
      await predict(high, 'a');
      const { status, body } = await label('a', failure);
      assert.equal(status, 422);
      assert.deepEqual(body.detail, [
        { loc: ['body', 'failure'], msg: (body.detail as { msg: string }[])[0]!.msg, type },
      ]);
    });

  it('compares a record that has its label but no id, and neither captures nor counts it as one more request', async () => {
    const { status, body } = await served.ask('/feedback', { ...low, failure: true });
    assert.deepEqual([status, body.prediction, body.ground_truth, body.current_accuracy], [200, 0, 1, 0]);
    assert.deepEqual([served.captured.length, served.counted.length], [0, 0]);
    assert.equal((await served.ask('/feedback', { y: 1, failure: 1 })).status, 422);
  });

  it('takes a label for each row of a batch that has an id', async () => {
    const rows = [{ ...high, inference_id: 'r1' }, low, { ...low, inference_id: 'r3' }];
    const { body } = await served.ask('/batch-predict', { data: rows });
    assert.deepEqual(body.inference_ids, ['r1', null, 'r3']);
    await label('r1', 1);
    assert.equal((await label('r3', 1)).body.current_accuracy, 0.5);
  });

  it('forgets nothing over a restart, and passes over a line that a killed process left torn', async () => {
    for (const id of ['1', '2', '3']) await predict(high, id);
    await label('1', 1);
    await label('2', 0);
    await served.close();
    appendFileSync(join(kept.folder, 'feedback.jsonl'), '["p",17,"to');
    await start();
    const { body } = await label('3', 1);
    assert.deepEqual([body.outcome, body.current_accuracy, body.n], ['counted', 2 / 3, 3]);
    assert.equal((await label('1', 0)).status, 409);
    await served.close();
    await start();
    assert.equal((await label('3', 1)).body.n, 3, 'what was written behind the torn line too');
  });

  it('stays as large as it may be, however many predictions come', async () => {
    const feedback = await openFeedback(3, kept.folder);
    for (let file = 0; file < 3; file += 1) {
      for (let at = 0; at < 50_000; at += 1) feedback.predicted(`${file}-${at}`, 1);
      await feedback.judged(`${file}-x`, 1, 1);
    }
    const again = await openFeedback(3, kept.folder);
    assert.deepEqual(again.score(false), { n: 3, accuracy: 1, mae: null });
    const old = await again.label('0-1', 1, false);
    const fresh = await again.label('2-49999', 1, false);
    assert.deepEqual([old.outcome, fresh.outcome], ['unknown', 'counted']);
  });
});

describe('feedback on numbers', () => {
  it('answers by how much they are off on average, for none is exactly right', async () => {
    const predictor = linearPredictor({ task: 'regression', columns: { x: 'number' }, outputs: [{ x: 10 }] });
    const served = await serveApi(predictor, apiSchema.parse({ routes: { '/predict': {}, '/feedback': {} } }));
    for (const [id, label] of [
      ['a', 52],
      ['b', 46],
    ] as const) {
      await served.ask('/predict', { x: 5, inference_id: id });
      await served.ask('/feedback', { inference_id: id, label });
    }
    const { body } = await served.ask('/feedback', { inference_id: 'b', label: 46 });
    await served.close();
    assert.deepEqual([body.current_mean_absolute_error, body.n, body.current_accuracy], [3, 2, undefined]);
  });
});
