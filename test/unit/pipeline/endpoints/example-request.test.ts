import assert from 'node:assert/strict';
import { exampleRequest } from '../../../../src/pipeline/endpoints/example-request.js';
import type { EndpointInfo } from '../../../../src/platform/ports/endpoints.js';
import type { Environment } from '../../../../src/platform/ports/environment.js';

const metadata = {
  ...{ kind: 'model-bundle', schemaVersion: 1, task: 'binary', family: 'lightgbm', preprocessing: [], threshold: 0.5 },
  inputs: [
    { name: 'age', type: 'number' },
    { name: 'plan', type: 'category' },
    { name: 'city', type: 'category' },
    { name: 'new', type: 'number' },
  ],
};
const none = { mean: null, std: null, min: null, max: null, median: null, q1: null, q3: null, null_pct: 0, count: 9 };
const baseline = {
  ...{ kind: 'data-quality-baseline', schemaVersion: 1 },
  age: { ...none, min: 18, max: 91, median: 44 },
  plan: { ...none, categories: { values: ['basic', 'plus'], shares: [0.3, 0.7] } },
  city: { ...none, categories: { values: ['Oslo'], shares: [1] } },
};
const place = (files: Record<string, object>) => {
  const read = (key: string) => {
    const found = files[key.slice(key.lastIndexOf('/') + 1)];
    return Promise.resolve(found && new TextEncoder().encode(JSON.stringify(found)));
  };
  return { objects: { read } } as unknown as Environment;
};
const variants = [{ name: 'AllTraffic', modelVersion: 'v3', weight: 1 }];
const endpoint = { serving: variants, config: { variants } } as unknown as EndpointInfo;
const files = { 'model_metadata.json': metadata, 'data_quality_baseline.json': baseline };

describe('a request to begin with', () => {
  it('has a usual value for each input, and says what training had', async () => {
    const example = await exampleRequest(place(files), endpoint, () => false);
    assert.deepEqual(example?.features, { age: 44, plan: 'plus', city: 'Oslo', new: null });
    assert.deepEqual(example?.hints, {
      ...{ age: '18 to 91 in training', plan: 'one of basic, plus', city: 'one of Oslo', new: 'a number' },
    });
  });

  it('tells no value of a private column', async () => {
    const example = await exampleRequest(place(files), endpoint, (column) => column === 'city');
    assert.deepEqual([example?.features.city, example?.hints.city], [null, 'a category']);
  });

  it('is none where the served model is not described', async () => {
    assert.equal(await exampleRequest(place({}), endpoint, () => false), undefined);
  });
});
