import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { rowsXml, writeWorkbook } from '../../support/workbooks.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

type Rows = (string | number | null)[][];

/** Customers who stay or not by their plan and age, with a letter that is no ASCII and a decimal comma. */
function customers(from: number, rows: number): Rows {
  const u = lcgNumbers(from + 3);
  return Array.from({ length: rows }, (_, at) => {
    const [age, plan] = [20 + Math.floor(u() * 50) + 0.5, u() < 0.5 ? 'Süd' : 'Nord'];
    return [`C${from + at}`, age, plan, u() < (plan === 'Süd' ? 0.05 : 0.6) + age / 250 ? 'yes' : 'no'];
  });
}
const names = ['customer', 'age', 'plan', 'stays'];
const book = (rows: Rows) => ({
  Data: rowsXml([['Customers']]) + rowsXml([names, ...rows], 3),
  Notes: rowsXml([['by hand']]),
});
const semicolons = (rows: Rows): string =>
  [names, ...rows].map((row) => row.map((cell) => String(cell ?? '').replace('.', ',')).join(';')).join('\n');

describe('from a table to a verdict', () => {
  const place = temporaryFolder();
  const at = (name: string) => join(place.path, name);
  after(async () => {
    for (const name of ['book', 'text']) await mlops(['endpoint', 'delete', name, '--project', at(name)]);
    place.remove();
  });
  const ok = async (...words: string[]) => {
    const done = await mlops(words);
    assert.equal(done.code, 0, `${words.join(' ')}: ${done.stderr}`);
    return done;
  };

  it('a sheet of a workbook is a source, and judged, scored, labelled, profiled and measured', async () => {
    writeWorkbook(at('book.xlsx'), { sheets: book(customers(0, 700)) });
    const without = await mlops(['init', at('none'), '--from', at('book.xlsx'), '--target', 'stays']);
    assert.equal(without.code, 2);
    assert.match(without.stderr, /found the sheets Data, Notes, expected one of them, said by --sheet "Data"/);
    await ok(
      'init',
      at('book'),
      '--from',
      at('book.xlsx'),
      '--sheet',
      'Data',
      '--target',
      'stays',
      '--positive',
      'yes',
    );
    assert.match(readFileSync(at('book/mlops.json'), 'utf8'), /"files": "data\/book.xlsx", "sheet": "Data"/);
    const project = ['--project', at('book')];
    assert.ok([0, 1, 3].includes((await mlops(['run', ...project])).code ?? 4));

    const next = customers(10_000, 300);
    writeWorkbook(at('next.xlsx'), { sheets: book(next.map((row) => [...row.slice(0, 3), null])) });
    await ok('predict', at('next.xlsx'), '--sheet', 'Data', '--out', at('scored.csv'), ...project);
    assert.equal(readFileSync(at('scored.csv'), 'utf8').trimEnd().split('\n').length, 301);
    const judged = await mlopsJson<{ batch: object }>(['judge', at('next.xlsx'), ...project]);
    assert.deepEqual(judged.batch, { ...judged.batch, rows: 300, labelled: 0 });
    writeWorkbook(at('labels.xlsx'), {
      sheets: { L: rowsXml([['customer', 'stays'], ...next.map((row) => [row[0]!, row[3]!])]) },
    });
    const labelled = await mlopsJson<{ matched: number }>(['labels', 'add', at('labels.xlsx'), ...project]);
    assert.equal(labelled.matched, 300);

    const profile = await ok(...['profile', '--data', at('next.xlsx'), '--sheet', 'Data']);
    assert.match(profile.stdout, /300 rows/);
    writeWorkbook(at('scores.xlsx'), {
      sheets: {
        S: rowsXml([
          ['y', 'p'],
          [1, 0.9],
          [0, 0.2],
          [1, 0.4],
        ]),
      },
    });
    await ok(...['metrics', '--data', at('scores.xlsx'), '--label', 'y', '--score', 'p']);
  });

  it('semicolons, a decimal comma and Latin-1 are read alike in every door, the comma found and said', async () => {
    const write = (name: string, rows: Rows) => writeFileSync(at(name), Buffer.from(semicolons(rows), 'latin1'));
    write('text.csv', customers(0, 700));
    const without = await mlops(['init', at('none'), '--from', at('text.csv'), '--target', 'stays']);
    assert.match(without.stderr, /it looks like latin1: --encoding latin1/);
    const made = await ok(
      ...[
        'init',
        at('text'),
        '--from',
        at('text.csv'),
        '--encoding',
        'latin1',
        '--target',
        'stays',
        '--positive',
        'yes',
      ],
    );
    assert.match(made.stderr, /age: numbers with a decimal comma; to leave them texts: --decimal \./);
    assert.match(readFileSync(at('text/mlops.json'), 'utf8'), /"encoding": "latin1", "decimal": ","/);
    const project = ['--project', at('text')];
    assert.ok([0, 1, 3].includes((await mlops(['run', ...project])).code ?? 4));
    const next = customers(10_000, 300);
    write(
      'next.csv',
      next.map((row) => [...row.slice(0, 3), null]),
    );
    await ok('predict', at('next.csv'), '--out', at('text-scored.csv'), ...project);
    assert.equal((await mlops(['judge', at('next.csv'), ...project])).code, 3);
    writeFileSync(at('labels.csv'), ['customer;stays', ...next.map((row) => `${row[0]};${row[3]}`)].join('\n'));
    const labelled = await mlopsJson<{ matched: number }>(['labels', 'add', at('labels.csv'), ...project]);
    assert.equal(labelled.matched, 300);
    // A file that is UTF-8 after all is no Latin-1, unless that is said.
    writeFileSync(at('utf8.csv'), semicolons(customers(20_000, 300)));
    assert.match(
      (await mlops(['judge', at('utf8.csv'), ...project])).stderr,
      /found letters of UTF-8, expected latin1/,
    );
    assert.notEqual((await mlops(['judge', at('utf8.csv'), '--encoding', 'utf-8', ...project])).code, 2);
  });
});
