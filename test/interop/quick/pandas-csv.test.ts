import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { WrongInput } from '../../../src/common/errors.js';
import { withSession, type Session } from '../../../src/data/duckdb/session.js';
import { readTable } from '../../../src/data/tables.js';
import { madeTables } from '../../support/made-tables.js';
import { temporaryFolder } from '../../support/temporary.js';

const python = process.env.MLOPS_PYTHON_LEARN;
const numRuns = Number(process.env.PROPERTY_RUNS ?? 150);

interface Written {
  text: string;
  delimiter: string;
}
interface Held {
  columns: string[];
  rows: (string | null)[][];
}
type Read = Held | { refused: string };

/** Texts that mostly are no tables: whatever their letters are, nobody may read them in another way. */
const wild = fc
  .tuple(
    fc.constantFrom('a,b', 'a', ',b', '"a","b c"', 'a,b,"c\nd"', 'a,'),
    fc.array(
      fc.constantFrom(
        'x',
        '1',
        ' ',
        ',',
        ',',
        '"',
        '""',
        '"x"',
        '"y,z"',
        '\n',
        '\n',
        '\n',
        '\r\n',
        '\r',
        '#',
        '\\',
        'é',
      ),
      { maxLength: 24 },
    ),
    fc.constantFrom('\n', '\r\n', '\r'),
  )
  .map(([header, letters, end]): Written => ({ text: header + end + letters.join(''), delimiter: ',' }));

/** Behind an empty line that ends `\r` pandas loses an empty first value, and moves the rest of the row to its place. */
const losesFirst = ({ text, delimiter }: Written) => text.includes(`\r\r${delimiter}`);

describe('delimited files beside pandas.read_csv', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  for (const [what, tables, seed] of [
    ['tables', madeTables, 1],
    ['texts of no order', wild, 2],
  ] as const)
    it(`have the same columns, rows and values wherever both read them: ${what}`, async () => {
      assert.ok(python, 'MLOPS_PYTHON_LEARN is set by the suite');
      const written: Written[] = fc.sample<Written>(tables, { numRuns, seed });
      const files = written.map(({ text }, at) => {
        const path = join(folder.path, `${at}.csv`);
        writeFileSync(path, text);
        return path;
      });
      const ours = await withSession({ folders: [folder.path] }, async (session) => {
        const all: Read[] = [];
        for (const path of files) all.push(await readHere(session, path));
        return all;
      });
      const [listed, answers] = [join(folder.path, 'tables.json'), join(folder.path, 'answers.json')];
      const asked = files.map((path, at) => {
        const own = ours[at]!;
        return { path, delimiter: written[at]!.delimiter, one_column: 'columns' in own && own.columns.length === 1 };
      });
      writeFileSync(listed, JSON.stringify(asked));
      await promisify(execFile)(python, [resolve('test/interop/quick/pandas_csv.py'), listed, answers]);
      const theirs = JSON.parse(readFileSync(answers, 'utf8')) as Read[];

      const counts = { both: 0, here: 0, pandas: 0, slips: 0 };
      for (const [at, own] of ours.entries()) {
        const other = theirs[at]!;
        if ('refused' in own) counts.here += 1;
        if ('refused' in other) counts.pandas += 1;
        if ('refused' in own || 'refused' in other) continue;
        if (losesFirst(written[at]!)) {
          counts.slips += 1;
          continue;
        }
        counts.both += 1;
        assert.deepEqual(own, other, JSON.stringify(written[at]));
      }
      process.stderr.write(
        `      ${numRuns} ${what}: ${counts.both} compared; refused here ${counts.here}, by pandas ${counts.pandas}; ${counts.slips} left aside that pandas reads wrong\n`,
      );
      assert.ok(counts.both > numRuns / 8, `${counts.both} of ${numRuns} were read by both`);
    });
});

/** A file's values as texts, called as pandas calls them: a bare empty value is an empty text, a column has a name. */
async function readHere(session: Session, path: string): Promise<Read> {
  try {
    const { select } = await readTable(session, [path], { types: { '*': 'varchar' } });
    const columns = (await session.describe(select)).map(({ name }) => name.replace(/^column(\d+)$/, 'Unnamed: $1'));
    const rows = (await session.rows(select)).map((row) => Object.values(row).map((value) => String(value ?? '')));
    return { columns, rows };
  } catch (error) {
    if (!(error instanceof WrongInput)) throw error;
    return { refused: error.message };
  }
}
