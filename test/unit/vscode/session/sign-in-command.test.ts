import assert from 'node:assert/strict';
import { signInCommand } from '../../../../src/vscode/session/sign-in-command.js';

const said = (command: string) => `environment prod: the sign-in has expired; renew it with: ${command}`;

describe('the command that signs in again', () => {
  it('is the one that the message names', () => {
    for (const command of ['aws sso login', 'aws sso login --profile dev.admin@acme'])
      assert.equal(signInCommand(said(command)), command);
    assert.equal(signInCommand('there is no bucket'), undefined);
  });

  it('is none when the profile of mlops.json is more than a name', () => {
    for (const profile of ['x; touch /tmp/a', 'x && curl evil', '$(id)', '`id`', 'x\ntouch a', 'x | sh', '-x'])
      assert.equal(signInCommand(said(`aws sso login --profile ${profile}`)), undefined, profile);
  });
});
