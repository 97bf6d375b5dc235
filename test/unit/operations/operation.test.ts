import assert from 'node:assert/strict';
import { changes } from '../../../src/operations/operation.js';
import { placeThatNotes } from './place.js';

describe('an operation that changes something', () => {
  for (const withoutLease of [undefined, 'it changes nothing that a run reads'])
    it(`hands over where it is, the means and the input, and answers what its work did: ${withoutLease ? 'without' : 'with'} a lease`, async () => {
      const at = placeThatNotes({ answers: {} });
      const operation = changes<string, string>('a.b', { purpose: () => 'a b', withoutLease }, (given, input) => {
        assert.equal(given.project, at.project);
        assert.equal(typeof given.writers.lease.acquire, 'function');
        return Promise.resolve(`${input} is done`);
      });
      assert.equal(await operation.run(at, 'it'), 'it is done');
      assert.deepEqual(at.asked, withoutLease === undefined ? ['lease.acquire', 'lease.release'] : []);
    });

  it('looks whether it can be done before anybody is kept waiting, and does nothing when it cannot', async () => {
    const at = placeThatNotes({ answers: {} });
    const check = (_: unknown, input: string) => {
      throw new RangeError(`no ${input}`);
    };
    const operation = changes<void, string>('a.b', { purpose: () => 'a b', check }, () => assert.fail('it ran'));
    await assert.rejects(operation.run(at, 'such thing'), new RangeError('no such thing'));
    assert.deepEqual(at.asked, []);
  });
});
