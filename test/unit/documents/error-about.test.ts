import assert from 'node:assert/strict';
import {
  BrokenError,
  CancelledError,
  InputError,
  MissingRight,
  NoSuchObject,
  ParameterError,
  PartError,
  ProjectFileError,
  RefusedError,
  SignInExpired,
  UntrustedCommand,
  type WorkbenchError,
  WrongInput,
} from '../../../src/common/errors.js';
import { errorFrom, plainError } from '../../../src/documents/errors/error-about.js';

const place = 'environment prod (eu-west-1)';
const errors: WorkbenchError[] = [
  new WrongInput({ file: 'days.csv', line: 57, column: 'a', found: '84 columns', expected: '85' }),
  new NoSuchObject('there is no object a', 'a', { place }),
  new ProjectFileError('mlops.json:3:5: found 1', 'mlops.json', { at: { line: 3, column: 5 } }),
  new ProjectFileError('features.sql, line 14: no', 'features.sql', { at: { line: 14 } }),
  new ParameterError('unknown metric "acu"', 'metric', 'acu'),
  new PartError('search', '"eta" is a range', { parameter: 'eta' }),
  new MissingRight('not allowed', 's3:GetObject', { place }),
  new SignInExpired('expired', undefined, { place }),
  new SignInExpired('expired', 'my team'),
  new UntrustedCommand('not allowed', 'train', ['python', 'train.py']),
  new BrokenError('it broke', { place }),
  new InputError('wrong'),
  new RefusedError('read-only'),
  new CancelledError(),
];

describe('an error between processes and threads', () => {
  for (const error of errors)
    it(`keeps its class, words and fields (${error.name})`, () => {
      const back = errorFrom(JSON.parse(JSON.stringify(plainError(error))) as ReturnType<typeof plainError>);
      assert.equal(back.constructor, error.constructor);
      const fieldsOf = (one: WorkbenchError) => ({ ...one, message: one.message });
      assert.deepEqual(fieldsOf(back), fieldsOf(error));
    });

  it('is that something broke, where it is none of ours', () => {
    assert.deepEqual(plainError(new TypeError('x')), { message: 'x', exitCode: 4 });
  });
});
