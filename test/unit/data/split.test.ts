import assert from 'node:assert/strict';
import fc from 'fast-check';
import { partNames } from '../../../src/common/parts.js';
import { entityHash, entityHashSql, mayOverlap, partCounts } from '../../../src/data/split.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import { tmpdir } from 'node:os';

const shares = { by: 'entity', seed: 42, train: 0.4, validation: 0.1, test: 0.1, production: 0.4 } as const;

describe('splitting by entity', () => {
  it('cuts by rounded-down counts, the rest to production', () => {
    assert.deepEqual(partCounts(21_965, shares), { train: 8786, validation: 2196, test: 2196, production: 8787 });
    assert.deepEqual(partCounts(100, { ...shares, train: 0.29, validation: 0.57, test: 0.07, production: 0.07 }), {
      train: 29,
      validation: 57,
      test: 7,
      production: 7,
    });
  });

  it('leaves entities out only where the shares do not add up to 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (n) => {
        const counts = partCounts(n, shares);
        return partNames.reduce((sum, part) => sum + counts[part], 0) === n;
      }),
    );
    assert.deepEqual(partCounts(100, { ...shares, production: 0.2 }).production, 20);
  });

  it('hashes the same here and in SQL', async () => {
    const names = ['A', 'Z1D5K9', 'ü', "o'brien", ''];
    await withSession({ folders: [tmpdir()] }, async (session) => {
      for (const name of names) {
        const [row] = await session.rows(`SELECT ${entityHashSql(7, 'id')} AS hash FROM (SELECT $1 AS id)`, [name]);
        assert.equal(row?.hash, entityHash(7, name));
      }
    });
    assert.equal(entityHash(42, 'A'), '40bfcb1f732e9b9d6d7d04a319af3475', 'md5 of 42:A');
  });

  it('lets parts share entities only where a column feeds both with the same value, and both learn or both judge', () => {
    const by = 'column' as const;
    const split = { by, column: 'part', train: ['a'], validation: ['a'], test: ['b'], production: ['b', 'c'] };
    assert.equal(mayOverlap(split, 'train', 'validation'), true);
    assert.equal(mayOverlap(split, 'test', 'production'), true);
    assert.equal(mayOverlap({ ...split, test: ['a'] }, 'train', 'test'), false);
    assert.equal(mayOverlap(shares, 'test', 'production'), false);
  });
});
