import assert from 'node:assert/strict';
import { InputError } from '../../../../src/common/errors.js';
import { servedPath } from '../../../../src/pipeline/mlflow/served-path.js';
import { trackingServer } from '../../../../src/pipeline/mlflow/tracking-server.js';
import { trackingWish } from '../../../../src/pipeline/tracking/tracking-wish.js';

const token = { MLFLOW_TRACKING_TOKEN: 'secret' };
const basic = { MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: 'word' };
const annsWord = `Basic ${Buffer.from('ann:word').toString('base64')}`;

describe('an MLflow server and who asks it', () => {
  for (const [what, address, variables, headers] of [
    ['nobody said', 'http://tracking.example.org:5000/', {}, {}],
    ['a token', 'https://tracking.example.org', token, { authorization: 'Bearer secret' }],
    ['a name and a password', 'https://tracking.example.org', { ...token, ...basic }, { authorization: annsWord }],
    ['a name and a password in the address', 'https://ann:word@tracking.example.org', {}, { authorization: annsWord }],
    ['a token on this machine', 'http://127.0.0.1:5000', token, { authorization: 'Bearer secret' }],
  ] as const)
    it(`${what}`, () => {
      const server = trackingServer(address, variables)!;
      assert.deepEqual(server.headers, headers);
      assert.ok(!server.base.includes('word') && !server.base.endsWith('/'), server.base);
    });

  for (const [what, address, variables] of [
    ['a token', 'http://tracking.example.org', token],
    ['a password in the address', 'http://ann:word@tracking.example.org', {}],
  ] as const)
    it(`${what} never crosses a network in the clear, and is not told`, () => {
      const refused = (error: unknown) =>
        error instanceof InputError && error.message.includes('https') && !/secret|word@|ann/.test(error.message);
      assert.throws(() => trackingServer(address, variables), refused);
    });

  for (const address of [undefined, '', 'file:///runs', 'databricks', 'http://', './mlruns'])
    it(`${address ?? 'nothing'} is no server`, () => assert.equal(trackingServer(address, {}), undefined));
});

describe('whether a run is told to a tracking server', () => {
  const wished = (tracking: string | undefined, variables: Record<string, string>) =>
    trackingWish({ name: 'stays', tracking }, variables);

  it('by MLflow’s own variables, under the project’s name', () => {
    assert.equal(wished(undefined, {}), undefined);
    assert.deepEqual(wished(undefined, { MLFLOW_TRACKING_URI: 'http://127.0.0.1:5000' }), {
      server: { base: 'http://127.0.0.1:5000', headers: {} },
      experiment: 'stays',
    });
  });
  it('by the variable and the experiment that somebody names', () => {
    const variables = { TEAM: 'http://127.0.0.1:1', MLFLOW_TRACKING_URI: 'http://no', MLFLOW_EXPERIMENT_NAME: 'E' };
    const wish = wished('env:TEAM', variables);
    assert.deepEqual(wish, { server: { base: 'http://127.0.0.1:1', headers: {} }, experiment: 'E' });
  });
  it('is said where the variable that is named is not set, or holds no server, without what it holds', () => {
    assert.equal(wished('env:TEAM', {}), 'TEAM, which mlops.json names, is not set');
    assert.equal(wished('env:TEAM', { TEAM: 'hunter2' }), 'TEAM is no URL of an MLflow server');
  });
});

describe('where a server hands a run’s files out', () => {
  for (const [uri, path] of [
    ['mlflow-artifacts:/1/abc/artifacts', '1/abc/artifacts'],
    ['mlflow-artifacts://host:5000/1/abc/artifacts', '1/abc/artifacts'],
    ['s3://bucket/1/abc/artifacts', undefined],
    ['/home/runs/1/abc/artifacts', undefined],
  ] as const)
    it(uri, () => assert.equal(servedPath(uri), path));
});
