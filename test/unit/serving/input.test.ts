import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { decode } from '../../../src/serving/input/decode.js';
import { toMatrix, type Decoded, type Rows } from '../../../src/serving/input/rows.js';
import { madeTables, plainRows } from '../../support/made-tables.js';

const inputs = ['alpha', 'beta', 'gamma'].map((name) => ({ name, type: 'number' as const }));
const arrays = JSON.parse(readFileSync('test/fixtures/serving/arrays-npy-base64.json', 'utf8')) as Record<
  string,
  string
>;

function read(contentType: string | undefined, body: string | Uint8Array): Decoded {
  return decode(contentType, Buffer.from(body), inputs);
}
function rowsOf(decoded: Decoded): Rows {
  assert.ok(decoded.form === 'rows');
  return decoded.rows;
}
const json = (body: string) => rowsOf(read('application/json', body));
const csv = (body: string) => rowsOf(read('text/csv', body));
const npy = (name: string) => rowsOf(read('application/x-npy', Buffer.from(arrays[name]!, 'base64')));

describe('JSON input', () => {
  it('takes a raw array of rows, or one row', () => {
    assert.deepEqual(json('[[1, 2, 3], [4, 5, null]]').cells, [
      [1, 2, 3],
      [4, 5, null],
    ]);
    assert.deepEqual(json('[1, 2, 3]').cells, [[1, 2, 3]]);
  });

  it('takes rows under "features", and records by name', () => {
    assert.deepEqual(json('{"features": [[1, 2, 3]]}').cells, [[1, 2, 3]]);
    assert.deepEqual(json('{"features": [1, 2, 3]}').cells, [[1, 2, 3]]);
    assert.deepEqual(json('[{"beta": 2, "alpha": 1}, {"gamma": 3}]'), {
      names: ['alpha', 'beta', 'gamma'],
      cells: [
        [1, 2, null],
        [null, null, 3],
      ],
    });
  });

  it("reads Python's bare NaN as a missing value, but not within a text", () => {
    assert.deepEqual(json('[[NaN, 1, "NaN, \\"NaN"]]').cells, [[null, 1, 'NaN, "NaN']]);
  });

  it('takes an object under "features" as one record', () => {
    assert.deepEqual(read(undefined, '{"features": {"alpha": 1}}'), { form: 'record', features: { alpha: 1 } });
  });

  it('says what is wrong with a body', () => {
    assert.throws(() => json('{"rows": []}'), { status: 400, message: 'Missing "features" in request body' });
    assert.throws(() => json('[[1, 2'), /not JSON/);
    assert.throws(() => json('"text"'), /Missing "features"/);
    assert.throws(() => json('{"features": 5}'), /found 5, expected an array/);
    assert.throws(() => json('[[1, 2, [3]]]'), /row 1, column 3: found an array/);
    assert.throws(() => json('[[1, 2, 3], 4]'), /row 2: found 4/);
  });
});

describe('JSON lines input', () => {
  const lines = (body: string) => rowsOf(read('application/jsonlines', body));

  it('takes one row a line, also under "features", and passes over empty lines', () => {
    assert.deepEqual(lines('[1, 2, 3]\n\n{"features": [4, NaN, 6]}\r\n').cells, [
      [1, 2, 3],
      [4, null, 6],
    ]);
  });

  it('takes one record a line, by name', () => {
    const { names, cells } = lines('{"alpha": 1, "beta": 2}\n{"features": {"beta": 3, "alpha": 4}}');
    assert.deepEqual(
      [names, cells],
      [
        ['alpha', 'beta'],
        [
          [1, 2],
          [4, 3],
        ],
      ],
    );
  });

  it('names the line that is no JSON, or no row', () => {
    assert.throws(() => lines('[1, 2, 3]\n[1, 2'), { status: 400, message: /^line 2 is not JSON/ });
    assert.throws(() => lines('7'), { status: 400, message: 'line 1: found 7, expected an array or an object' });
  });
});

describe('CSV input', () => {
  it('takes rows without a header in the order of the model', () => {
    assert.deepEqual(csv('1,2,3\r\n4,,NaN\n').cells, [
      [1, 2, 3],
      [4, null, null],
    ]);
  });

  it('goes by names when there is a header', () => {
    assert.deepEqual(csv('gamma,id,alpha,"beta"\n3,x-1,1,2\n'), {
      names: ['gamma', 'id', 'alpha', 'beta'],
      cells: [[3, 'x-1', 1, 2]],
    });
  });

  it('reads quoted cells with commas, quotes and line ends', () => {
    const categories = [{ name: 'color', type: 'category' as const }];
    const decoded = decode('text/csv; charset=utf-8', Buffer.from('color\n"red, ""dark""\nor so"\n'), categories);
    assert.deepEqual(rowsOf(decoded).cells, [['red, "dark"\nor so']]);
  });

  it('keeps an empty last cell', () => {
    assert.deepEqual(csv('1,2,').cells, [[1, 2, null]]);
  });

  it('names the line of a quote that does not fit', () => {
    assert.throws(() => csv('1,2,3\n1,"2,3\n'), /line 2/);
  });

  it('names the line of the body, also behind cells of several lines', () => {
    const body = 'alpha,beta,gamma,"a\nb"\n1,2,3,"x\ny"\n1,2,3,"x"y\n';
    assert.throws(() => csv(body), /^\w*Error: csv: line 5: found a quote that is not closed properly/);
  });

  it('loses no row of a model with one input, however its missing cell is written', () => {
    const one = [{ name: 'size', type: 'number' as const }];
    const cells = (body: string) => rowsOf(decode('text/csv', Buffer.from(body), one)).cells;
    assert.deepEqual(cells('1\n""\n2\n'), [[1], [null], [2]]);
    assert.deepEqual(cells('size\n1\n\n2\n'), [[1], [null], [2]]);
  });

  it('comes to the cells of a plain reader, as table files do', () => {
    // Among texts, NA is one of them.
    const cellOf = (value: string | null) => (value ?? '').trim() || null;
    fc.assert(
      fc.property(madeTables, (table) => {
        fc.pre(table.delimiter === ',');
        const categories = table.columns.map((name) => ({ name, type: 'category' as const }));
        const [, ...rows] = plainRows(table.text, ',');
        const read = rowsOf(decode('text/csv', Buffer.from(table.text), categories));
        assert.deepEqual(read, { names: table.columns, cells: rows.map((row) => row.map(cellOf)) });
      }),
      { numRuns: 200 },
    );
  });

  for (const [what, body] of [
    ['values', ','.repeat(5e6)],
    ['rows', '1\n'.repeat(1e6 + 1)],
  ] as const)
    it(`refuses more ${what} than one request may hold`, () => {
      assert.throws(() => csv(body), { status: 413 });
    });
});

describe('npy input', () => {
  it('reads floats of all widths, byte orders and memory orders as NumPy wrote them', () => {
    const expected = [
      [1, 2, 3],
      [-1, 0, null],
    ];
    for (const name of ['f8', 'bigEndian', 'f4 v2', 'fortran']) assert.deepEqual(npy(name).cells, expected, name);
    assert.deepEqual(npy('f2').cells, [
      [1.5, -2, null],
      [65504, 5.960464477539063e-8, 0.0999755859375],
    ]);
  });

  it('reads integers, and one dimension as one row', () => {
    assert.deepEqual(npy('i8 1d').cells, [[1, 2, 3]]);
  });

  it('says what it does not take', () => {
    assert.throws(() => npy('text'), /found type '<U1'/);
    assert.throws(() => npy('3d'), /one or two dimensions/);
    assert.throws(() => read('application/x-npy', 'no array'), /not in npy format/);
    const cut = Buffer.from(arrays.f8!, 'base64').subarray(0, -3);
    assert.throws(() => read('application/x-npy', cut), /found 45 bytes of data, expected 48/);
  });
});

describe('content types', () => {
  it('names one that is not supported', () => {
    const expected = { status: 415, message: /^Unsupported content type: application\/xml/ };
    assert.throws(() => read('application/xml', '<a/>'), expected);
  });
});

describe('rows as the model takes them', () => {
  it('orders named columns and leaves others aside', () => {
    const matrix = toMatrix({ names: ['gamma', 'id', 'beta', 'alpha'], cells: [[3, 'x', 2, 1]] }, inputs);
    assert.deepEqual(matrix.values, [Float64Array.of(1), Float64Array.of(2), Float64Array.of(3)]);
  });

  it('makes null and booleans numbers', () => {
    const matrix = toMatrix({ cells: [[null, true, false]] }, inputs);
    assert.deepEqual(matrix.values, [Float64Array.of(Number.NaN), Float64Array.of(1), Float64Array.of(0)]);
  });

  it('names found and expected when the number of columns is wrong', () => {
    const wrong = () =>
      toMatrix(
        {
          cells: [
            [1, 2, 3],
            [1, 2],
          ],
        },
        inputs,
      );
    assert.throws(wrong, { status: 400, message: 'row 2: found 2 columns, expected 3: alpha, beta, gamma' });
  });

  it('names the missing features, and all that are required', () => {
    assert.throws(() => toMatrix({ names: ['beta'], cells: [[1]] }, inputs), {
      status: 400,
      message: "Missing required features: ['alpha', 'gamma']",
      details: { required_features: ['alpha', 'beta', 'gamma'] },
    });
  });

  it('names row and column of a text where a number is expected', () => {
    assert.throws(() => toMatrix({ cells: [[1, 'five', 3]] }, inputs), /row 1, beta: found "five"/);
  });

  it('refuses no rows at all', () => {
    assert.throws(() => toMatrix({ cells: [] }, inputs), /no rows/);
  });

  it('gives categories as codes with their values', () => {
    const matrix = toMatrix({ cells: [['red'], [null], ['blue'], ['red']] }, [{ name: 'color', type: 'category' }]);
    assert.deepEqual(matrix.categories, { color: ['red', 'blue'] });
    assert.deepEqual(matrix.values, [Float64Array.of(0, Number.NaN, 1, 0)]);
  });
});
