import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addressOf, uriPartsOf, type ObjectAddress } from '../../../../src/vscode/object-address.js';

const at = { environment: 'prod', bucket: 'b', key: 'artifacts/v1/model.tar.gz' };

describe('the address of an object', () => {
  it('ends in the name that editors and languages are chosen by', () => {
    const path = (more: Partial<ObjectAddress>) => uriPartsOf({ ...at, ...more }).path;
    assert.equal(path({}), '/b/artifacts/v1/model.tar.gz');
    assert.equal(path({ member: 'code/inference.py' }), '/b/artifacts/v1/model.tar.gz/code/inference.py');
    assert.equal(path({ member: './code//x.py' }), '/b/artifacts/v1/model.tar.gz/code/x.py');
    assert.equal(path({ key: 'logs/a.log', beginning: true }), '/b/logs/first 1 MB of a.log');
  });

  it('is found again, whatever the key is', () => {
    const key = fc.string({ minLength: 1, unit: 'grapheme' });
    const address = fc.record({ key, member: key, beginning: fc.constant(true) }, { requiredKeys: ['key'] });
    fc.assert(
      fc.property(address, (parts) => {
        const whole: ObjectAddress = { environment: 'prod', bucket: 'b', ...parts };
        assert.deepEqual(addressOf(uriPartsOf(whole)), whole);
      }),
    );
  });

  it('may be a bucket or a folder', () => {
    const plain = { authority: 'prod', query: '' };
    assert.deepEqual(addressOf({ ...plain, path: '/b' }), { environment: 'prod', bucket: 'b', key: '' });
    assert.deepEqual(addressOf({ ...plain, path: '/b/k/' }), { environment: 'prod', bucket: 'b', key: 'k/' });
  });
});
