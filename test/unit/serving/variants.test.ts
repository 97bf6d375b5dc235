import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { areaPredictor, brokenPredictor, servedVariants } from '../../support/served.js';

const name = 'x-amzn-invoked-production-variant';
const target = 'X-Amzn-SageMaker-Target-Variant';

describe('variants of an endpoint', () => {
  const { serve, end } = servedVariants();
  afterEach(end);
  const prod = { name: 'prod', weight: 0, predictor: areaPredictor(10) };

  it('answer in the place of a candidate that fails, whose error it is', async () => {
    const tried = { name: 'next', weight: 1, candidate: true, predictor: brokenPredictor() };
    for (const path of ['/invocations', '/predict', '/endpoints/hot/invocations']) {
      const { post, counted, captured, logged } = await serve([tried, prod]);
      const response = await post('[[1]]', {}, path);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get(name), 'prod');
      assert.deepEqual(((await response.json()) as { predictions: number[] }).predictions, [12]);
      assert.deepEqual(
        counted.map(({ variant, status }) => [variant, status]),
        [
          ['next', 500],
          ['prod', 200],
        ],
      );
      assert.deepEqual(
        captured.map(({ variant }) => variant),
        ['prod'],
      );
      assert.match(logged.join('\n'), /candidate next failed, prod answered: a tree without a root/);
    }
  });

  it('answer where a candidate wants a column that callers do not send', async () => {
    const predictor = { ...areaPredictor(0), inputs: [{ name: 'age', type: 'number' as const }] };
    const { post, counted } = await serve([{ name: 'next', weight: 1, candidate: true, predictor }, prod]);
    assert.equal((await post('{"features": {"area": 1}}')).status, 200);
    assert.deepEqual(
      counted.map(({ variant, status }) => [variant, status]),
      [
        ['next', 500],
        ['prod', 200],
      ],
    );
  });

  it('are not blamed for what the baseline refuses too', async () => {
    const tried = { name: 'next', weight: 1, candidate: true, predictor: areaPredictor(0) };
    const { post, counted } = await serve([tried, prod]);
    assert.equal((await post('[[1, 2]]')).status, 400);
    assert.deepEqual(
      counted.map(({ status }) => status),
      [400],
    );
  });

  it('fail openly where a caller asks for the candidate by name: that is how it is tried out', async () => {
    const tried = { name: 'next', weight: 1, candidate: true, predictor: brokenPredictor() };
    const { post } = await serve([tried, prod]);
    assert.equal((await post('[[1]]', { [target]: 'next' })).status, 500);
  });

  it('in the shadow see every request and answer nobody; their answers are captured and compared', async () => {
    const same = { name: 'same', weight: 1, shadow: true, predictor: areaPredictor(10) };
    const other = { name: 'other', weight: 1, shadow: true, predictor: areaPredictor(11) };
    const { post, captured, compared, counted } = await serve([same, { ...prod, weight: 1 }, other]);
    for (let asked = 0; asked < 20; asked += 1) {
      const response = await post(`[[${asked}]]`);
      assert.equal(response.headers.get(name), 'prod');
      assert.deepEqual(((await response.json()) as { predictions: number[] }).predictions, [10 + 2 * asked]);
    }
    while (compared.length < 40) await turn();
    const of = (variant: string) => compared.filter(([one]) => one === variant).map(([, different]) => different);
    assert.deepEqual([new Set(of('same')), new Set(of('other'))], [new Set([false]), new Set([true])]);
    const ids = (variant: string) => captured.filter((one) => one.variant === variant).map(({ eventId }) => eventId);
    assert.deepEqual(ids('other'), ids('prod'));
    assert.equal(new Set(ids('prod')).size, 20);
    assert.equal(counted.filter(({ variant }) => variant === 'other').length, 20);
  });

  it('in the shadow cannot be asked for, and break without anybody hearing of it', async () => {
    const shadow = { name: 'shadow', weight: 1, shadow: true, predictor: brokenPredictor() };
    const { post, counted } = await serve([{ ...prod, weight: 1 }, shadow]);
    const refused = await post('[[1]]', { [target]: 'shadow' });
    assert.equal(refused.status, 400);
    assert.match(await refused.text(), /there is no variant shadow; there are: prod/);
    assert.equal((await post('[[1]]')).status, 200);
    while (!counted.some(({ variant, status }) => variant === 'shadow' && status === 500)) await turn();
  });
});

describe('an answer as lines of JSON', () => {
  const { serve, end } = servedVariants();
  afterEach(end);

  for (const type of ['application/jsonlines', 'application/x-ndjson'])
    it(`has a line for each row that came, where ${type} is asked for`, async () => {
      const { post } = await serve([{ name: 'prod', weight: 1, predictor: areaPredictor(10) }]);
      const response = await post('[1]\n[2]\n', { 'content-type': type, accept: type });
      assert.equal(response.headers.get('content-type'), type);
      assert.equal(await response.text(), '{"prediction":12}\n{"prediction":14}\n');
    });

  it('names classes by their words', async () => {
    const classes = ['low', 'none', 'high'];
    const predict = () => [Float64Array.of(0.2, 0.1), Float64Array.of(0.7, 0.1), Float64Array.of(0.1, 0.8)];
    const predictor = { ...areaPredictor(0), task: 'multiclass' as const, classes, predict };
    const { post } = await serve([{ name: 'prod', weight: 1, predictor }]);
    const response = await post('[[1], [2]]', { accept: 'application/jsonlines' });
    const lines = (await response.text()).trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { prediction: string; probabilities: object });
    assert.deepEqual(
      rows.map(({ prediction }) => prediction),
      ['none', 'high'],
    );
    assert.deepEqual(rows[0]!.probabilities, { low: 0.2, none: 0.7, high: 0.1 });
  });
});

describe('more requests than can be answered', () => {
  const { serve, end } = servedVariants();
  afterEach(end);

  it('are refused at once with 503, and the rest is answered', async () => {
    const gate = withResolvers();
    const scorer = { scores: () => gate.promise.then(() => [Float64Array.of(7)]), close: () => Promise.resolve() };
    const predictor = { ...areaPredictor(10), scorer };
    const { post } = await serve([{ name: 'prod', weight: 1, predictor }]);
    const refused: Response[] = [];
    const fifty = withResolvers();
    const asked = Array.from({ length: 450 }, async () => {
      const response = await post('[[1]]');
      if (response.status === 503 && refused.push(response) === 50) fifty.resolve();
      return response.status;
    });
    // The 400 wait for the model all the while.
    await fifty.promise;
    assert.equal(refused[0]!.headers.get('retry-after'), '1');
    assert.match(await refused[0]!.text(), /400 requests wait already/);
    gate.resolve();
    const statuses = await Promise.all(asked);
    assert.equal(statuses.filter((status) => status === 200).length, 400);
    assert.equal(statuses.filter((status) => status === 503).length, 50);
  });
});

function withResolvers() {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
