import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { WrongInput } from '../../../../src/common/errors.js';
import { withNumericTable } from '../../../../src/data/numeric-table.js';
import { withSampleTables } from '../../../../src/data/samples/open-samples.js';
import { temporaryFolder } from '../../../support/temporary.js';

describe('a delimited file that cannot be read exactly', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  const { signal } = new AbortController();
  const readers: Record<string, (path: string) => Promise<unknown>> = {
    'a model': (path) => withNumericTable(path, { header: true, signal }, () => Promise.resolve()),
    'drift and profile': (path) => withSampleTables([path], { signal }, () => Promise.resolve()),
  };

  const refused: [string, string | Buffer, { line?: number; found: string; expected: string }, string?][] = [
    [
      'a log with a wider one behind it',
      'a,b\n1,2\n3,4\na,b,c\n5,6,7\n',
      { line: 4, found: '3 columns', expected: '2' },
    ],
    ['a header one name short', 'a,b\nr1,1,2\nr2,3,4\n', { line: 2, found: '3 columns', expected: '2' }],
    ['rows that widen late', `a,b\n${'1,2\n'.repeat(3000)}1,2,3\n`, { line: 3002, found: '3 columns', expected: '2' }],
    ['a row that is short', 'a,b\n1,2\n3\n', { line: 3, found: '1 columns', expected: '2' }],
    [
      'a row that is empty but for a delimiter less',
      'a,b,c\n1,2,3\n,\n',
      { line: 3, found: '2 columns', expected: '3' },
    ],
    [
      'values that begin with #, one row ragged',
      'a,b\n#1,x\n#2,y\n#3,z,w\n',
      { line: 4, found: '3 columns', expected: '2' },
    ],
    ['a bare comma in a value', 'name,n\nx,1\nSmith, John,2\n', { line: 3, found: '3 columns', expected: '2' }],
    [
      'a header in the middle',
      'a,b\n1,2\na,b\n3,4\n',
      { line: 3, found: 'the header again', expected: 'rows: two files were put together' },
    ],
    [
      'a header in the middle of a file with quotes',
      '"a","b"\r\n1,2\r\n"a","b"\r\n',
      { line: 3, found: 'the header again', expected: 'rows: two files were put together' },
    ],
    [
      'a quote that nothing closes',
      'a,b\n1,"x\n2,y\n',
      { line: 2, found: 'a quote that is not closed', expected: 'quotes around a whole value' },
    ],
    [
      'a backslash before a quote',
      'a,b\n1,"he \\"said\\""\n',
      {
        line: 2,
        found: 'a quote that is not closed properly',
        expected: 'quotes around a whole value, a quote in it twice',
      },
    ],
    [
      'a space before a quote',
      'a,b\n1, "x, y"\n',
      { line: 2, found: 'a space before a quote', expected: 'quotes around a whole value' },
    ],
    ['a NUL byte', 'a,b\n1,2\n3,\0\n', { line: 3, found: 'a NUL byte', expected: 'text' }],
    [
      'two carriage returns before a line feed',
      'a,b\r\r\n1,2\r\r\n',
      {
        line: 2,
        found: 'a carriage return that no line feed follows',
        expected: 'line ends \\n or \\r\\n, or \\r throughout',
      },
    ],
    [
      'a lone carriage return',
      'a,b\n1,2\r3,4\n',
      {
        line: 2,
        found: 'a carriage return that no line feed follows',
        expected: 'line ends \\n or \\r\\n, or \\r throughout',
      },
    ],
    [
      'Latin-1',
      Buffer.from('a,b\n1,x\n2,Caf\xe9\n', 'latin1'),
      {
        line: 3,
        found: 'bytes that are not UTF-8',
        expected: 'UTF-8 text; it looks like latin1: --encoding latin1, or "encoding": "latin1" of its source',
      },
    ],
    [
      'Windows-1252',
      Buffer.from('a,b\n1,x\n2,5 \x80\n', 'latin1'),
      {
        line: 3,
        found: 'bytes that are not UTF-8',
        expected:
          'UTF-8 text; it looks like windows-1252: --encoding windows-1252, or "encoding": "windows-1252" of its source',
      },
    ],
    [
      'an alphabet that is none of ours',
      Buffer.from('a,b\n1,\xcf\xf0\xe8\xe2\xe5\xf2\n', 'latin1'),
      {
        line: 2,
        found: 'bytes that are not UTF-8',
        expected: 'UTF-8 text, or --encoding with one of latin1, windows-1252, utf-16le, utf-16be',
      },
    ],
    [
      'UTF-16 without its mark',
      Buffer.from('a,b\n1,2\n', 'utf16le'),
      {
        line: 1,
        found: 'UTF-16 text',
        expected: 'UTF-8 text; it looks like utf-16le: --encoding utf-16le, or "encoding": "utf-16le" of its source',
      },
    ],
    ['a name twice', 'a,A\n1,2\n', { line: 1, found: 'column A twice', expected: 'every column once' }],
    [
      'a delimiter that cannot be decided',
      'a,b;c\n1,2;3\n',
      {
        line: 1,
        found: 'commas and semicolons, each of which could separate the columns',
        expected: 'one of them, or quotes around the names',
      },
    ],
    [
      'a header of one name above several values',
      'a\n1;2\n3;4\n',
      { line: 2, found: '2 values between semicolons', expected: '1 as in the first line' },
    ],
    ['commas in a .tsv', 'a,b\n1,2\n', { line: 1, found: 'commas between the values', expected: 'tabs' }, 'table.tsv'],
    ['an empty first line', '\na,b\n1,2\n', { line: 1, found: 'an empty line', expected: 'a line of column names' }],
    [
      'lines that end with a carriage return, and one within a value',
      'a,b\r1,"x\ny"\r',
      { line: 1, found: 'lines that end \\r and values of several lines', expected: 'line ends \\n or \\r\\n' },
    ],
    [
      'a byte order mark before a name of two lines',
      '\ufeff"a\nb",c\n1,2\n',
      {
        line: 1,
        found: 'a first record of several lines',
        expected: 'one line, or line ends \\n and no byte order mark',
      },
    ],
    ['nothing', '', { line: 1, found: 'an empty file', expected: 'a line of column names' }],
    [
      'a short row of a gzip file',
      gzipSync('a,b\n1,2\n3\n'),
      { line: 3, found: '1 columns', expected: '2' },
      'table.csv.gz',
    ],
  ];
  for (const [reader, read] of Object.entries(readers)) {
    for (const [what, body, { line, found, expected }, file = 'table.csv'] of refused) {
      it(`is refused by the reader for ${reader}, with its line: ${what}`, async () => {
        const path = join(folder.path, file);
        writeFileSync(path, body);
        await assert.rejects(read(path), (error) => {
          assert.ok(error instanceof WrongInput, String(error));
          assert.deepEqual(error.at, { file, line, found, expected });
          return true;
        });
      });
    }
  }
});
