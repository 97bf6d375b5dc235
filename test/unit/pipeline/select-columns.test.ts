import assert from 'node:assert/strict';
import { selectColumns } from '../../../src/pipeline/evaluating/parts.js';
import { madePart } from '../../support/made-part.js';

describe('the columns that a model looks at', () => {
  const { matrix } = madePart(3, 1);

  it('come in its own order', () => {
    const { columns, values } = selectColumns(matrix, ['c', 'a']);
    assert.deepEqual(
      [columns, values],
      [
        ['c', 'a'],
        [matrix.values[2], matrix.values[0]],
      ],
    );
  });

  it('are named where the feature group no longer has them', () => {
    assert.throws(() => selectColumns(matrix, ['a', 'gone']), {
      name: 'InputError',
      message: /^the feature group: found no column gone, which the model looks at/,
    });
  });
});
