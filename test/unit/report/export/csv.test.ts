import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TableBlock } from '../../../../src/report/blocks/blocks.js';
import { tablesOf, tableOf } from '../../../../src/report/export/tables.js';
import { csvOf } from '../../../../src/report/export/csv.js';
import { sorted } from '../../../../src/report/blocks/sort.js';
import { reportOf } from '../../../../src/report/monitoring/report.js';
import { plain, results } from '../../../support/documents.js';

const table = (values: (string | number | null)[]): TableBlock => ({
  ...{ type: 'table', id: 't', title: 'T', columns: [{ id: 'a', title: 'A' }] },
  rows: values.map((sort, at) => ({ id: String(at), cells: [{ text: String(sort), sort }] })),
});

describe('a table as CSV', () => {
  it('holds whole values, and an empty cell where a figure is missing', () =>
    assert.equal(csvOf(table([0.123456789, null, 'x'])), 'A\r\n0.123456789\r\n\r\nx\r\n'));

  it('quotes commas, quotes and line ends', () => assert.equal(csvOf(table(['a,"b"\nc'])), 'A\r\n"a,""b""\nc"\r\n'));

  it('gives a spreadsheet no formula', () => {
    for (const text of ['=1+1', '+1', '@x', '-cmd']) assert.match(csvOf(table([text])), new RegExp(`'\\${text[0]}`));
    assert.equal(csvOf(table(['-5'])), 'A\r\n-5\r\n');
  });

  it('exists for every table of a report', () => {
    const view = reportOf(results('fail'), plain);
    assert.deepEqual(
      tablesOf(view).map(({ id }) => id),
      ['gates', 'confusion', 'figures', 'pr', 'pr-table', 'roc', 'roc-table', 'gains', 'drift'],
    );
    assert.match(
      tableOf(view, 'gates')!.csv,
      /^answer,gate,level,value,must be,baseline,n,why\r\nfail,recall,hard,0\.625,/,
    );
    assert.match(tableOf(view, 'drift')!.csv, /\r\nsmart_188_raw,,0\.41,/);
    assert.equal(tableOf(view, 'no such'), undefined);
  });
});

describe('the order of a table', () => {
  const orderOf = (values: (string | number | null)[], descending: boolean) =>
    sorted(table(values).rows, { column: 0, descending }).map(({ cells }) => cells[0]!.sort);

  it('is by number, or by text with its numbers', () => {
    assert.deepEqual(orderOf([10, 9, 100], false), [9, 10, 100]);
    assert.deepEqual(orderOf(['x10', 'x9'], false), ['x9', 'x10']);
  });

  it('has what is missing last, whichever way', () =>
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ noNaN: true }))), fc.boolean(), (values, descending) => {
        const after = orderOf(values, descending);
        const told = after.filter((value) => value !== null);
        assert.equal(
          after.slice(told.length).every((value) => value === null),
          true,
        );
        assert.equal(after.length, values.length);
      }),
    ));
});
