import assert from 'node:assert/strict';
import { loginCommand, signInCommand } from '../../../../src/vscode/session/sign-in-command.js';

const said = (command: string) => `environment prod: the sign-in has expired; renew it with: ${command}`;

describe('the command that signs in again', () => {
  it('is the one that the message names', () => {
    for (const command of ['aws sso login', 'aws sso login --profile dev.admin@acme'])
      assert.equal(signInCommand(said(command)), command);
    assert.equal(signInCommand('there is no bucket'), undefined);
  });

  it('signs in with the profile of the environment, where there is one', () => {
    assert.equal(loginCommand('dev.admin@acme'), 'aws sso login --profile dev.admin@acme');
    assert.equal(loginCommand(undefined), 'aws sso login');
  });

  it('is none when the profile of mlops.json is more than a name', () => {
    for (const profile of ['x; touch /tmp/a', 'x && curl evil', '$(id)', '`id`', 'x\ntouch a', 'x | sh', '-x'])
      for (const found of [signInCommand(said(`aws sso login --profile ${profile}`)), loginCommand(profile)])
        assert.equal(found, undefined, profile);
  });
});
