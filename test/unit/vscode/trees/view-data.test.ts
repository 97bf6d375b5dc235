import assert from 'node:assert/strict';
import { CancelledError, ProjectFileError, SignInExpired } from '../../../../src/common/errors.js';
import type { Item } from '../../../../src/vscode/tree-item.js';
import { makeViewData } from '../../../../src/vscode/trees/view-data.js';
import { lines } from '../support.js';

const one: Item = { id: 'a', label: 'A', icon: 'pass', description: '1 row' };

function setUp(load: () => Promise<Item[]>) {
  const told = { changes: 0, errors: [] as string[] };
  const data = makeViewData({
    view: 'v',
    load,
    onChange: () => (told.changes += 1),
    onError: (error) => told.errors.push(String(error)),
  });
  return { data, told };
}

describe('the lines of a view', () => {
  it('are drawn again only when they differ', async () => {
    const { data, told } = setUp(() => Promise.resolve([{ ...one }]));
    await data.refresh();
    await data.refresh();
    assert.equal(told.changes, 1);
  });

  it('stay, marked stale, below the error of a later look', async () => {
    let fails = false;
    const { data, told } = setUp(() =>
      fails ? Promise.reject(new Error('no access\ndetails')) : Promise.resolve([one]),
    );
    await data.refresh();
    fails = true;
    await data.refresh();
    await data.refresh();
    assert.deepEqual(lines(data.items), ['error no access | click for the log', 'pass A | stale · 1 row']);
    assert.deepEqual(told.errors, ['Error: no access\ndetails'], 'the same error is logged once');
    fails = false;
    await data.refresh();
    assert.deepEqual(lines(data.items), ['pass A | 1 row']);
  });

  it('says what to do about credentials that have expired', async () => {
    const message = 'environment prod: the sign-in has expired; renew it with: aws sso login --profile prod';
    const { data } = setUp(() => Promise.reject(new SignInExpired(message, 'prod')));
    await data.refresh();
    assert.deepEqual(lines(data.items), ['error The sign-in has expired | click to sign in']);
    assert.equal(data.items[0]!.click, 'mlops.signIn');
  });

  it('lets whoever left the question for a code of an MFA device answer it after all', async () => {
    const { data } = setUp(() => Promise.reject(new CancelledError('signing in was cancelled')));
    await data.refresh();
    assert.deepEqual(lines(data.items), ['error signing in was cancelled | click to sign in']);
    assert.equal(data.items[0]!.click, 'mlops.refresh');
  });

  it('leads to mlops.json when that is what is wrong', async () => {
    const { data } = setUp(() =>
      Promise.reject(new ProjectFileError('mlops.json:3:5: name: found 1, expected text', 'mlops.json')),
    );
    await data.refresh();
    assert.equal(data.items[0]!.click, 'mlops.openCause');
  });

  it('share one more load among callers that come while loading', async () => {
    let loads = 0;
    const { data } = setUp(() => {
      loads += 1;
      return Promise.resolve([one]);
    });
    await Promise.all([data.refresh(), data.refresh(), data.refresh()]);
    assert.equal(loads, 2);
  });

  it('never show the answer of a place that was left', async () => {
    let answer: (items: Item[]) => void = () => undefined;
    const answers = [new Promise<Item[]>((done) => (answer = done)), Promise.resolve([{ ...one, label: 'new place' }])];
    const { data } = setUp(() => answers.shift()!);
    const refreshing = data.refresh();
    data.reset();
    answer([{ ...one, label: 'old place' }]);
    await refreshing;
    assert.deepEqual(lines(data.items), ['pass new place | 1 row']);
  });
});
