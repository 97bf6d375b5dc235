import assert from 'node:assert/strict';
import { settingsOf, whereOf } from '../../../../../src/platform/aws/account/settings.js';

describe('the settings of an AWS environment', () => {
  it('come from mlops.json before the AWS_* variables', () => {
    const variables = { AWS_PROFILE: 'other', AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL: 'http://127.0.0.1:2' };
    const entry = { kind: 'aws', profile: 'team', region: 'eu-west-1', endpointUrl: 'http://127.0.0.1:1' } as const;
    const { profile, region, endpointUrl } = settingsOf('prod', entry, variables);
    assert.deepEqual([profile, region, endpointUrl], ['team', 'eu-west-1', 'http://127.0.0.1:1']);
  });

  it('are filled from the AWS_* variables; an empty one says nothing', () => {
    const variables = { AWS_PROFILE: '', AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-2' };
    const { profile, region } = settingsOf('prod', { kind: 'aws' }, variables);
    assert.deepEqual([profile, region], [undefined, 'us-west-2']);
  });

  it('say where an environment lies as far as it is known', () => {
    const settings = settingsOf('prod', { kind: 'aws', region: 'eu-west-1', profile: 'team' }, {});
    assert.equal(whereOf(settings, '123456789012'), 'eu-west-1, profile team, account 123456789012');
    assert.equal(whereOf(settings), 'eu-west-1, profile team');
  });
});
