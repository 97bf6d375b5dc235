import assert from 'node:assert/strict';
import { loginCommand } from '../../../../src/vscode/session/sign-in-command.js';

describe('the command that signs in again', () => {
  it('signs in with the profile of the environment, where there is one', () => {
    assert.equal(loginCommand('dev.admin@acme'), 'aws sso login --profile dev.admin@acme');
    assert.equal(loginCommand(undefined), 'aws sso login');
  });

  it('quotes the name of a profile that has spaces', () => {
    assert.equal(loginCommand('my team'), 'aws sso login --profile "my team"');
  });

  it('is none when the profile of mlops.json is more than a name', () => {
    for (const profile of [
      'x; touch /tmp/a',
      'x && curl evil',
      '$(id)',
      '`id`',
      'x\ntouch a',
      'x | sh',
      '-x',
      'x" y',
      'x ',
    ])
      assert.equal(loginCommand(profile), undefined, profile);
  });
});
