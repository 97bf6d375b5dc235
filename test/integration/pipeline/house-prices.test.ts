import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { EndpointInfo } from '../../../src/platform/ports/endpoints.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import type { Status } from '../../../src/pipeline/status/status.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { madeProject, newestDocument, type MadeProject } from '../../support/projects.js';

/** Input (bedrooms, bathrooms, sqft, age, location_score) and the drift score that the training statistics give it. */
const scenarios: [string, number[], number][] = [
  ['README example', [3, 2, 2000, 10, 7], 0.3215],
  ['perfect baseline match', [3, 2, 2000, 25, 5.5], 0.0152],
  ['slight variation', [3, 2, 1950, 20, 6.0], 0.1283],
  ['within 1 std dev', [4, 2, 2100, 30, 5.0], 0.2888],
  ['upscale property', [6, 4, 3500, 5, 8.5], 2.0028],
  ['modest property', [1, 1, 1200, 45, 3.0], 1.3159],
  ['older, smaller', [2, 1, 1000, 50, 2.5], 1.3636],
  ['luxury mansion', [10, 8, 5000, 0, 10], 4.3229],
  ['tiny old shack', [1, 1, 400, 80, 1], 2.2656],
  ['huge but low quality', [8, 1, 6000, 0, 1], 3.2271],
  ['small but many bathrooms', [1, 5, 800, 100, 10], 2.864],
  ['bedrooms 15', [15, 2, 2000, 25, 5.5], 1.6712],
  ['bathrooms 10', [3, 10, 2000, 25, 5.5], 1.9671],
  ['sqft 8000', [3, 2, 8000, 25, 5.5], 2.4363],
  ['age 150', [3, 2, 2000, 150, 5.5], 1.7051],
  ['location_score 0.1', [3, 2, 2000, 25, 0.1], 0.4305],
];
const names = ['bedrooms', 'bathrooms', 'sqft', 'age', 'location_score'];

describe('house prices: a second system on the same engine (reference §1.1 to §1.5)', function () {
  this.timeout(120_000);
  let project: MadeProject;
  let run: Run;
  let endpoint: EndpointInfo & { tokenFile: string; url: string };

  before(async () => {
    project = await madeProject('house-prices', '--sample');
    run = await mlopsJson<Run>(['run', '--project', project.folder]);
    endpoint = await mlopsJson(['endpoint', 'show', 'house-prices', '--project', project.folder]);
  });
  after(() => project.remove());

  const predict = async (body: unknown) => {
    const token = readFileSync(endpoint.tokenFile, 'utf8').trim();
    const answer = await fetch(`${endpoint.url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('says wherever its verdict is told that the rows are the test rows, until new sales come', async () => {
    const at = ['--project', project.folder];
    const words = /These are the test rows: such a verdict proves nothing about production\./;
    const results = newestDocument<MonitoringResults>(
      ...([project.folder, 'house-prices', 'monitoring/runs', 'monitoring_results.json'] as const),
    );
    assert.match(results.notes!.join(' '), words);
    for (const command of [['status'], ['gate'], ['monitor'], ['report', '--format', 'markdown']])
      assert.match((await mlops([...command, ...at])).stdout, words, command.join(' '));
    assert.match((await mlopsJson<Status>(['status', ...at])).verdictNotes.join(' '), words);
  });

  it('trains a forest, serves it and passes its gates', () => {
    assert.equal(run.error, null);
    assert.equal(run.verdict, 'pass');
    const results = newestDocument<MonitoringResults>(
      project.folder,
      'house-prices',
      'monitoring/runs',
      'monitoring_results.json',
    );
    assert.deepEqual(
      results.gates.map(({ id }) => id),
      ['r2', 'rmse', 'mae', 'nulls', 'drift'],
    );
    assert.equal(results.confusion_matrix, null);
    assert.ok(Math.abs(results.metrics.r2! - 0.9174) < 0.01, `R2 ${results.metrics.r2}`);
  });

  for (const [name, values, expected] of scenarios) {
    it(`answers "${name}" with a drift score of ${expected}`, async () => {
      const features = Object.fromEntries(names.map((column, index) => [column, values[index]]));
      const { status, body } = await predict({ features });
      assert.equal(status, 200);
      assert.ok(Math.abs((body.drift_score as number) - expected) <= 1e-4, `drift ${String(body.drift_score)}`);
      assert.deepEqual(body.features_received, features);
      const price = body.prediction as number;
      assert.ok(price > 200_000 && price < 1_000_000, `price ${price}`);
    });
  }

  it('says what is missing in a request', async () => {
    const nothing = await predict({});
    assert.equal(nothing.status, 400);
    assert.equal(nothing.body.error, 'Missing "features" in request body');
    const some = await predict({ features: { bedrooms: 3, sqft: 2000 } });
    assert.equal(some.status, 400);
    assert.match(some.body.error as string, /^Missing required features: .*bathrooms/);
    assert.deepEqual(some.body.required_features, names);
  });
});
