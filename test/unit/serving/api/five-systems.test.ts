import assert from 'node:assert/strict';
import { parseProject } from '../../../../src/project/load.js';
import { apiExample, apiTexts, linearPredictor, serveApi, type ServedApi } from '../../../support/served-api.js';
import { spoiled } from '../../project/project-text.js';

const columnsOf = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'number' as const]));

describe('the api of docs/SERVING.md', () => {
  for (const [at, text] of apiTexts().entries())
    it(`is part of a project file: example ${at + 1}`, () => {
      const project = parseProject(
        spoiled(['"endpoint": { "name": "demo" },', `"endpoint": { "name": "demo" }, ${text},`]),
      );
      assert.ok(Object.keys(project.api!.routes).length > 0);
    });
});

describe('the api of house prices', () => {
  let served: ServedApi;
  const names = ['bedrooms', 'bathrooms', 'sqft', 'age', 'location_score'];
  const house = (...values: number[]) => ({
    features: Object.fromEntries(names.map((name, at) => [name, values[at]])),
  });
  before(async () => {
    const predictor = linearPredictor({
      task: 'regression',
      columns: columnsOf(...names),
      outputs: [{ '': 50_000, bedrooms: 50_000, bathrooms: 30_000, sqft: 150, age: -1000, location_score: 20_000 }],
      statistics: {
        bedrooms: [3.0425, 1.4390212742641197],
        bathrooms: [1.98875, 0.8197337322202098],
        sqft: [1998.4283952409862, 495.6553764219536],
        age: [24.71, 14.79381530282224],
        location_score: [5.526288573895963, 2.6006693425639757],
      },
    });
    served = await serveApi(predictor, apiExample('houses'));
  });
  after(() => served.close());

  // Inputs and drift scores of the scenarios that this system is known by.
  for (const [name, values, drift] of [
    ['the example of its manual', [3, 2, 2000, 10, 7], 0.3215],
    ['a perfect match', [3, 2, 2000, 25, 5.5], 0.0152],
    ['a slight variation', [3, 2, 1950, 20, 6], 0.1283],
    ['within one deviation', [4, 2, 2100, 30, 5], 0.2888],
    ['an upscale property', [6, 4, 3500, 5, 8.5], 2.0028],
    ['a modest property', [1, 1, 1200, 45, 3], 1.3159],
    ['an older, smaller one', [2, 1, 1000, 50, 2.5], 1.3636],
    ['a luxury mansion', [10, 8, 5000, 0, 10], 4.3229],
    ['a tiny old shack', [1, 1, 400, 80, 1], 2.2656],
    ['huge but of low quality', [8, 1, 6000, 0, 1], 3.2271],
    ['small but many bathrooms', [1, 5, 800, 100, 10], 2.864],
    ['15 bedrooms', [15, 2, 2000, 25, 5.5], 1.6712],
    ['10 bathrooms', [3, 10, 2000, 25, 5.5], 1.9671],
    ['8000 square feet', [3, 2, 8000, 25, 5.5], 2.4363],
    ['150 years old', [3, 2, 2000, 150, 5.5], 1.7051],
    ['the worst place', [3, 2, 2000, 25, 0.1], 0.4305],
  ] as const)
    it(`answers with a drift score of ${drift}: ${name}`, async () => {
      const { status, body } = await served.ask('/predict', house(...values), { token: '' });
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal((body.drift_score as number).toFixed(4), drift.toFixed(4));
      assert.deepEqual(Object.keys(body), [
        ...['prediction', 'drift_score', 'drift_band', 'timestamp', 'features_received'],
      ]);
      // Below 1 normal, to 2 moderate, above 2 high: the bands of reference §1.2.
      assert.equal(body.drift_band, drift < 1 ? 'normal' : drift <= 2 ? 'moderate' : 'high');
      assert.deepEqual(body.features_received, house(...values).features);
      assert.ok(!Number.isNaN(Date.parse(body.timestamp as string)));
    });

  it('says which part of a request is missing, with 400', async () => {
    const nothing = await served.ask('/predict', {});
    assert.deepEqual([nothing.status, nothing.body], [400, { error: 'Missing "features" in request body' }]);
    const few = await served.ask('/predict', { features: { bedrooms: 3, age: 10, sqft: 900 } });
    const error = "Missing required features: ['bathrooms', 'location_score']";
    assert.deepEqual([few.status, few.body], [400, { error, required_features: names }]);
  });

  it('names every field that is wrong, with 422', async () => {
    const { status, body } = await served.ask('/predict', {
      features: { bedrooms: 'three', bathrooms: null, sqft: 2000, age: 10, location_score: 7, garden: 1 },
    });
    assert.equal(status, 422);
    const faults = (body.detail as { loc: unknown; type: string }[]).map(({ loc, type }) => [loc, type]);
    assert.deepEqual(faults, [
      [['body', 'features', 'garden'], 'extra_forbidden'],
      [['body', 'features', 'bedrooms'], 'float_type'],
      [['body', 'features', 'bathrooms'], 'float_type'],
    ]);
  });
});

describe('the api of readmission', () => {
  let served: ServedApi;
  const numbers = ['admission_type_id', 'time_in_hospital', 'num_medications', 'number_diagnoses'];
  const words = {
    race: ['Caucasian'],
    gender: ['Female', 'Male'],
    diag_1: ['250'],
    'glyburide-metformin': ['No', 'Steady'],
  };
  const patient = {
    ...{ race: 'Caucasian', gender: 'Female', 'admission-type-id': 1, 'time-in-hospital': 5 },
    ...{ 'num-medications': 10, 'number-diagnoses': 7, 'diag-1': '250', 'glyburide-metformin': 'No' },
  };
  before(async () => {
    const columns = { ...columnsOf(...numbers), ...words };
    const predictor = linearPredictor({ task: 'binary', columns, outputs: [{ '': -1, time_in_hospital: 0.1 }] });
    served = await serveApi(predictor, apiExample('patients'));
  });
  after(() => served.close());

  it('is healthy', async () => {
    const { status, body } = await served.ask('/health');
    assert.equal(status, 200);
    assert.deepEqual([body.status, body.message], ['ok', 'API is healthy and model is loaded.']);
  });

  it('answers a prediction of 0 or 1 with its probability', async () => {
    const { status, body } = await served.ask('/predict', patient);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(Object.keys(body), ['prediction', 'probability_score']);
    assert.equal(body.prediction, 0);
    assert.ok(Math.abs((body.probability_score as number) - 1 / (1 + Math.exp(0.5))) < 1e-12);
  });

  it('takes either spelling of a name, and a field that is absent', async () => {
    const { ['time-in-hospital']: days, race: _, ['diag-1']: code, ...rest } = patient;
    const other = { ...rest, time_in_hospital: days, diag_1: code, glyburide_metformin: 'No' };
    const { 'glyburide-metformin': __, ...sent } = other;
    const [first, second] = [await served.ask('/predict', patient), await served.ask('/predict', sent)];
    assert.equal(second.status, 200, second.text);
    assert.deepEqual(first.body, second.body);
    const twice = await served.ask('/predict', { ...patient, time_in_hospital: 5 });
    assert.equal(twice.status, 422, 'the same field under two names is no answer to which');
  });

  for (const [what, value, type] of [
    ['is missing', undefined, 'missing'],
    ['is a word', 'five_days', 'int_type'],
    ['is a fraction', 5.5, 'int_type'],
    ['is null', null, 'int_type'],
    ['is true', true, 'int_type'],
  ] as const)
    it(`refuses a request whose time-in-hospital ${what}, with 422`, async () => {
      const { status, body } = await served.ask('/predict', { ...patient, 'time-in-hospital': value });
      assert.equal(status, 422);
      assert.equal((body.detail as { type: string }[])[0]!.type, type);
    });

  it('does not take a misspelt field that may be absent for one that is', async () => {
    const { status, body } = await served.ask('/predict', { ...patient, rase: 'Caucasian' });
    assert.equal(status, 422);
    assert.deepEqual((body.detail as { loc: string[] }[])[0]!.loc, ['body', 'rase']);
  });
});

describe('the api of bike share', () => {
  let served: ServedApi;
  const names = ['util_bikes', 'util_docks', 'hour'];
  before(async () => {
    const predictor = linearPredictor({
      task: 'binary',
      columns: columnsOf(...names),
      outputs: [{ util_bikes: -2, hour: 0.1 }],
    });
    served = await serveApi(predictor, apiExample('bikes'));
  });
  after(() => served.close());
  const p = (bikes: number, hour: number) => 1 / (1 + Math.exp(2 * bikes - 0.1 * hour));
  const near = (found: unknown, expected: number[]) => {
    assert.ok(Array.isArray(found) && found.length === expected.length, JSON.stringify(found));
    expected.forEach((value, at) => assert.ok(Math.abs((found[at] as number) - value) < 1e-12));
  };

  for (const [what, body] of [
    [
      'a table in any order, beside others',
      {
        inputs: {
          dataframe_split: {
            columns: ['station', 'hour', 'util_bikes', 'util_docks'],
            data: [
              ['a', 8, 0.5, 0.5],
              ['b', '17', '0.25', 0.75],
            ],
          },
        },
      },
    ],
    [
      'rows in the order of the model',
      {
        data: [
          [0.5, 0.5, 8],
          [0.25, 0.75, 17],
        ],
      },
    ],
  ] as const)
    for (const path of ['/invocations', '/endpoints/served/invocations'])
      it(`answers the probabilities of ${what} at ${path}`, async () => {
        const { status, body: answer } = await served.ask(path, body);
        assert.equal(status, 200, JSON.stringify(answer));
        assert.deepEqual(Object.keys(answer), ['predictions']);
        near(answer.predictions, [p(0.5, 8), p(0.25, 17)]);
      });

  it('names the columns that are missing', async () => {
    const { status, body } = await served.ask('/invocations', {
      inputs: { dataframe_split: { columns: ['hour'], data: [[1]] } },
    });
    assert.deepEqual(
      [status, body],
      [400, { error: 'missing_required_columns', missing: ['util_bikes', 'util_docks'], expected: names }],
    );
  });

  it('refuses another structure with 400, another type with 415', async () => {
    assert.equal((await served.ask('/invocations', { rows: [] })).status, 400);
    assert.equal((await served.ask('/invocations', { inputs: { dataframe_split: { columns: names } } })).status, 400);
    assert.equal((await served.ask('/invocations', '1,2,3', { headers: { 'content-type': 'text/csv' } })).status, 415);
    assert.equal((await served.ask('/invocations', { data: [['many', 0, 1]] })).status, 422);
  });

  it('asks for the token of the endpoint, as that route always does', async () => {
    assert.equal((await served.ask('/invocations', { data: [[1, 2, 3]] }, { token: '' })).status, 401);
  });
});
