import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/common/errors.js';
import { confirmDestruction } from '../../../src/cli/confirmation.js';
import { forTerminal, type Lines } from '../../../src/cli/terminal.js';
import type { Environment } from '../../../src/platform/ports/environment.js';

const aws = {
  ...{ name: 'prod', kind: 'aws', region: 'eu-west-1', profile: 'acme' },
  account: () => Promise.resolve('123456789012'),
} as unknown as Environment;
const local = { name: 'local', kind: 'local' } as unknown as Environment;
const destruction = { what: 'delete endpoint churn', resource: 'churn', askLocally: 'a person' } as const;

describe('destroying something', () => {
  it('in an account needs its name', async () => {
    await confirmDestruction(aws, destruction, { yes: true, confirm: 'churn' }, undefined);
    const notEnough = [{}, { yes: true }, { confirm: 'churn' }, { yes: true, confirm: 'chur' }];
    for (const flags of notEnough)
      await assert.rejects(
        confirmDestruction(aws, destruction, flags, undefined),
        (error) =>
          error instanceof RefusedError &&
          /prod \(eu-west-1, profile acme, account 123456789012\).*--yes --confirm churn/.test(error.message),
        JSON.stringify(flags),
      );
  });

  it('in an account asks for the name at a terminal, showing where it lies', async () => {
    const asked: string[] = [];
    const type = (text: string) => (question: Lines) => {
      asked.push(forTerminal(question));
      return Promise.resolve(text);
    };
    await confirmDestruction(aws, destruction, {}, type('churn'));
    assert.match(asked[0]!, /delete endpoint churn, in environment prod \(eu-west-1.*account 123456789012\)/);
    await assert.rejects(confirmDestruction(aws, destruction, {}, type('y')), RefusedError);
  });

  it('on this machine takes a yes at a terminal, and none where nobody can be asked', async () => {
    const say = (text: string) => () => Promise.resolve(text);
    await confirmDestruction(local, destruction, {}, say('y'));
    await confirmDestruction(local, destruction, { yes: true }, say('n'));
    await confirmDestruction(local, destruction, {}, undefined);
    await confirmDestruction(local, { ...destruction, askLocally: undefined }, {}, say('n'));
    await assert.rejects(confirmDestruction(local, destruction, {}, say('')), RefusedError);
  });

  it('of a list of things on this machine is confirmed by somebody in any case', async () => {
    const list = { ...destruction, askLocally: 'always' } as const;
    await confirmDestruction(local, list, { yes: true }, undefined);
    await assert.rejects(confirmDestruction(local, list, {}, undefined), /nobody confirmed it; add: --yes/);
  });
});
