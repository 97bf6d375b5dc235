import assert from 'node:assert/strict';
import { environmentOfChild } from '../../../../src/platform/local/endpoints/process.js';

describe('what an endpoint process is told', () => {
  it('is no credential, a session that was handed over neither, and no debugger', () => {
    const secret = { AWS_SECRET_ACCESS_KEY: 's', AWS_PROFILE: 'p', MLOPS_AWS_SESSION: '{"secretAccessKey":"s"}' };
    const told = environmentOfChild({
      PATH: '/bin',
      NODE_OPTIONS: '--inspect',
      MLOPS_ENDPOINT_IDLE_SECONDS: '5',
      ...secret,
    });
    assert.deepEqual(told, { PATH: '/bin', MLOPS_ENDPOINT_IDLE_SECONDS: '5', ELECTRON_RUN_AS_NODE: '1' });
  });
});
