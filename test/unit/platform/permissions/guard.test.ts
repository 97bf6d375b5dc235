import assert from 'node:assert/strict';
import { RefusedError } from '../../../../src/common/errors.js';
import { confirmName, guard } from '../../../../src/platform/permissions/guard.js';

const prod = { name: 'prod', kind: 'aws', where: 'eu-west-1, account 123456789012' } as const;
const message = (text: string) => (error: unknown) => {
  assert.ok(error instanceof RefusedError);
  assert.equal(error.message, text);
  return true;
};

describe('the guard', () => {
  it('lets through where writing is on', () => {
    guard({ ...prod, readOnlyBecause: undefined }, 'approve v3');
  });

  it('refuses in a read-only environment: where, what, and why', () => {
    assert.throws(
      () => guard({ ...prod, readOnlyBecause: 'Turn it on first.' }, 'approve v3'),
      message(
        'environment prod (eu-west-1, account 123456789012) is read-only, so this is refused: approve v3. Turn it on first.',
      ),
    );
  });

  it('refuses for a reason that says nothing, too', () => {
    assert.throws(() => guard({ ...prod, readOnlyBecause: '' }, 'approve v3'), RefusedError);
  });

  it('names an environment alone while nobody knows where it lies', () => {
    assert.throws(
      () => guard({ name: 'prod', kind: 'aws', readOnlyBecause: 'Sign in.' }, 'approve v3'),
      message('environment prod is read-only, so this is refused: approve v3. Sign in.'),
    );
  });
});

describe('the confirmation of a destruction', () => {
  const endpoint = { what: 'delete endpoint churn', resource: 'churn' };

  it('is the name of what goes, letter by letter', () => {
    confirmName(prod, endpoint, 'churn');
    for (const other of ['Churn', 'churn ', '', 'chur'])
      assert.throws(
        () => confirmName(prod, endpoint, other),
        message(
          `environment prod (eu-west-1, account 123456789012): delete endpoint churn needs its name to be confirmed, and "${other}" was typed; add: --yes --confirm churn`,
        ),
      );
  });

  it('is missing where nothing was typed', () => {
    assert.throws(
      () => confirmName({ name: 'here', kind: 'local' }, endpoint),
      message(
        'environment here: delete endpoint churn needs its name to be confirmed, and nothing was confirmed; add: --yes --confirm churn',
      ),
    );
  });
});
