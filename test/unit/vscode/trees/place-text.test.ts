import assert from 'node:assert/strict';
import { placeText } from '../../../../src/vscode/trees/place-text.js';

const local = { project: 'churn', environment: 'local', kind: 'local', readOnly: false, nth: 1, of: 1 } as const;

describe('the head of the first view', () => {
  it('says where the project runs', () => {
    assert.deepEqual(placeText(local), { title: 'Pipeline', description: 'local', message: undefined });
  });

  it('names the project where there are several', () => {
    const { title, description } = placeText({ ...local, nth: 2, of: 3 });
    assert.deepEqual([title, description], ['churn', '2 of 3 projects']);
  });

  it('says whose account it is, and whether it may be changed', () => {
    const account = {
      ...local,
      environment: 'prod',
      kind: 'aws',
      region: 'eu-west-1',
      account: '123456789012',
    } as const;
    assert.equal(placeText({ ...account, readOnly: true }).message, '123456789012 · eu-west-1 · read-only');
    assert.equal(placeText(account).message, '123456789012 · eu-west-1 · writing is on');
  });
});
