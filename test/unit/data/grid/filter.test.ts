import assert from 'node:assert/strict';
import type { ColumnKind } from '../../../../src/documents/grid/grid.js';
import { predicateOf } from '../../../../src/data/grid/filter.js';

const types = { number: 'BIGINT', time: 'TIMESTAMP', boolean: 'BOOLEAN', text: 'VARCHAR' };
const of = (kind: ColumnKind, typed: string) => predicateOf({ name: 'a"b', type: types[kind], kind }, typed);

describe('what is typed above a column', () => {
  const cases: [ColumnKind, string, string | undefined][] = [
    ['number', ' ', undefined],
    ['number', '≥ 4', '"a""b" >= 4'],
    ['number', '9007199254740993', '"a""b" = 9007199254740993'],
    ['number', '!=-2.5e3', '"a""b" <> -2.5e3'],
    ['number', '-1 .. 5', '"a""b" BETWEEN -1 AND 5'],
    ['number', 'Empty', '"a""b" IS NULL'],
    ['text', 'not empty', '"a""b" IS NOT NULL'],
    ['text', "it's", `contains(lower("a""b"::VARCHAR), lower('it''s'))`],
    ['text', '= "a.. b"', `"a""b" = 'a.. b'`],
    ['boolean', 'Yes', '"a""b" = true'],
    ['time', '2026-04', `starts_with("a""b"::VARCHAR, '2026-04')`],
    ['time', '< 2026-04-10 08:30', `"a""b" < CAST('2026-04-10 08:30' AS TIMESTAMP)`],
  ];
  for (const [kind, typed, expected] of cases) it(`${kind}: ${typed}`, () => assert.equal(of(kind, typed), expected));

  it('what a column cannot have is told with its name', () => {
    assert.throws(() => of('number', '≥ 4; DROP'), /filter of a"b: found "4; DROP", expected a number/);
    assert.throws(() => of('number', '>'), /found no value, expected a number/);
    assert.throws(() => of('time', '>= April'), /found "April", expected a time/);
    assert.throws(() => of('boolean', 'perhaps'), /expected yes or no/);
  });
});
