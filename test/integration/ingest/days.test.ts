import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../src/common/errors.js';
import { type Row, withSession } from '../../../src/data/duckdb/session.js';
import { parquetFiles } from '../../../src/data/duckdb/sql.js';
import { writeZip as streamZip } from '../../../src/data/zip/write.js';
import { createView, curatedFiles, curatedSources, foldersOf } from '../../../src/pipeline/features/views.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { projectFile, type Workplace, workplace } from '../../support/stage-context.js';
import { writeZip } from '../../support/zips.js';

const header = 'date,serial,failure,smart_1_raw';
const day = (date: string, ...rows: string[]) =>
  [header, ...(rows.length > 0 ? rows : [`${date},A,0,1`, `${date},B,1,2`])].join('\n') + '\n';

describe('taking in zips of daily CSV files', () => {
  let place: Workplace;
  const data = (name: string) => join(place.folder, 'data', name);
  const parquet = (date: string, zip: string) => {
    const [year, month, dd] = date.split('-');
    return join(place.bucket, `curated/drives_parquet/year=${year}/month=${month}/day=${dd}/${zip}_${dd}.parquet`);
  };
  /** Rows of the source as features.sql sees them. */
  const rows = async (sql = 'SELECT * FROM drives ORDER BY ALL'): Promise<Row[]> => {
    const [source] = await curatedSources(place.context);
    const files = await curatedFiles(place.context, source!);
    return withSession({ folders: foldersOf(files) }, async (session) => {
      await createView(session, source!, files);
      return session.rows(sql);
    });
  };

  beforeEach(() => {
    const drives = {
      files: 'data/*.zip',
      format: 'zip-of-csv',
      partition: 'date',
      types: { date: 'date', failure: 'integer', smart_9_raw: 'bigint', 'smart_*': 'bigint' },
    };
    place = workplace(projectFile({ sources: { drives }, model: modelOf('failure') }));
    mkdirSync(join(place.folder, 'data'));
  });
  afterEach(() => place.end());

  it('lands members that no day names by the day of their rows, and names those without one', async () => {
    writeZip(data('q4.zip'), {
      'drive_stats_2024_12_01.csv': day('2024-12-01'),
      'drive_stats_2024_12_02.csv': day('2024-12-02', '2024-12-02,A,0,1', '2024-12-03,B,0,1'),
      '2024-12-04.csv': day('2024-12-04'),
      '2025-13-45.csv': 'no day',
      'summary.csv': 'a,b\n1,2\n',
    });
    const { figures, damage } = await place.run(ingest);
    const expected = 'expected a name such as 2013-04-10.csv, or a day such as 2013-04-10 in column date';
    assert.deepEqual(damage, [
      `q4.zip: 2025-13-45.csv, found rows of no known day, ${expected}`,
      `q4.zip: summary.csv, found rows of no known day, ${expected}`,
      'q4.zip: drive_stats_2024_12_02.csv, line 3: found "2024-12-03" in column date, expected 2024-12-02 as in its first row',
    ]);
    assert.deepEqual(figures, { drives_days: 2, drives_rows: 4, drives_failure: 2 });
  });

  it('lands the good days behind one with mixed line ends, and names its line', async () => {
    writeZip(data('q1.zip'), {
      '2025-01-01.csv': day('2025-01-01').replaceAll('\n', '\r\r\n'),
      '2025-01-02.csv': day('2025-01-02').replace('\n', '\r\n'),
      '2025-01-03.csv': day('2025-01-03'),
    });
    const { figures, damage } = await place.run(ingest);
    assert.match(
      damage!.join(),
      /^q1\.zip: 2025-01-01\.csv, line 2: found a carriage return that no line feed follows/,
    );
    assert.equal(figures.drives_days, 2);
  });

  it('lands one Parquet file a day and passes over what is no daily file', async () => {
    writeZip(data('q1.zip'), {
      'q1/2025-01-01.csv': day('2025-01-01'),
      'q1/2025-01-02.csv': day('2025-01-02'),
      '__MACOSX/q1/._2025-01-01.csv': 'junk',
      '__MACOSX/2025-01-03.csv': 'junk',
      'q1/._2025-01-01.csv': 'junk',
      'q1/': '',
      'q1/readme.txt': 'read me',
    });
    const { figures, outputs, damage } = await place.run(ingest);
    assert.deepEqual(damage, []);
    assert.deepEqual(figures, { drives_days: 2, drives_rows: 4, drives_failure: 2 });
    assert.deepEqual(
      outputs.map(({ rows }) => rows),
      [2, 2],
    );
    assert.ok(existsSync(parquet('2025-01-01', 'q1')));
    assert.deepEqual(readFileSync(join(place.bucket, 'raw/drives/zips/q1.zip')), readFileSync(data('q1.zip')));
    assert.deepEqual(readdirSync(place.context.scratch), []);
  });

  it('takes types from names: columns that are empty, absent or new in a file break no other file', async () => {
    writeZip(data('q1.zip'), {
      '2025-01-01.csv': 'date,serial,failure,smart_1_raw,extra\n2025-01-01,007,0,,\n',
      '2025-01-02.csv': 'failure,date,serial,smart_1_raw,smart_2_raw\n0,2025-01-02,008,281474976710656,5\n',
    });
    await place.run(ingest);
    assert.deepEqual(await rows(), [
      {
        date: '2025-01-01',
        serial: '007',
        failure: 0,
        smart_1_raw: null,
        extra: null,
        smart_2_raw: null,
        smart_9_raw: null,
      },
      {
        date: '2025-01-02',
        serial: '008',
        failure: 0,
        smart_1_raw: 281474976710656,
        extra: null,
        smart_2_raw: 5,
        smart_9_raw: null,
      },
    ]);
  });

  it('reads days of 85 and of 197 columns as one table', async () => {
    const wide = (date: string, n: number) => {
      const names = Array.from({ length: n - 3 }, (_, i) => `smart_${i + 1}_raw`);
      return `date,serial,failure,${names.join(',')}\n${date},A,0,${names.map((_, i) => (i % 3 ? '' : i)).join(',')}\n`;
    };
    writeZip(data('old.zip'), { '2013-04-10.csv': wide('2013-04-10', 85) });
    writeZip(data('new.zip'), { '2025-07-01.csv': wide('2025-07-01', 197) });
    await place.run(ingest);
    const [row] = await rows(
      'SELECT count(*) AS n, count(smart_82_raw) AS c82, count(smart_193_raw) AS c193 FROM drives',
    );
    assert.deepEqual(row, { n: 2, c82: 2, c193: 1 });
    const [described] = await rows(`SELECT count(*) AS n FROM (DESCRIBE drives)`);
    assert.equal(described?.n, 197);
  });

  it('skips a day whose bytes are there and takes in the one that is new', async () => {
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01') });
    await place.run(ingest);
    const before = statSync(parquet('2025-01-01', 'q1')).mtimeMs;
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01'), '2025-01-02.csv': day('2025-01-02') });
    const { summary } = await place.run(ingest);
    assert.match(summary, /1 new, 1 unchanged/);
    assert.equal(statSync(parquet('2025-01-01', 'q1')).mtimeMs, before);
  });

  it('makes a day again when its bytes changed or its file is gone', async () => {
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01') });
    await place.run(ingest);
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01', '2025-01-01,C,0,3') });
    assert.match((await place.run(ingest)).summary, /1 days, 1 rows \(1 new/);
    writeFileSync(parquet('2025-01-01', 'q1'), 'cut');
    assert.match((await place.run(ingest)).summary, /1 new, 0 unchanged/);
    assert.equal((await rows()).length, 1);
  });

  it('refuses the same day with other bytes in two zips, naming both, and lands neither', async () => {
    writeZip(data('a.zip'), { '2025-01-01.csv': day('2025-01-01') });
    writeZip(data('b.zip'), { '2025-01-01.csv': day('2025-01-01', '2025-01-01,C,0,3') });
    await assert.rejects(place.run(ingest), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /2025-01-01: .*a\.zip .*b\.zip/);
      return true;
    });
    assert.ok(!existsSync(parquet('2025-01-01', 'a')));
  });

  it('takes the same day with the same bytes in two zips once', async () => {
    for (const zip of ['a.zip', 'b.zip']) writeZip(data(zip), { '2025-01-01.csv': day('2025-01-01') });
    assert.equal((await place.run(ingest)).figures.drives_rows, 2);
  });

  it('leaves out days of zips that are no longer among its files, and says so', async () => {
    writeZip(data('a.zip'), { '2025-01-01.csv': day('2025-01-01') });
    writeZip(data('b.zip'), { '2025-01-02.csv': day('2025-01-02') });
    await place.run(ingest);
    const { figures } = await place.run(ingest, { sources: { drives: ['data/b.zip'] } });
    assert.equal(figures.drives_days, 1);
    assert.ok(place.messages.some((text) => text.includes('a.zip')));
    assert.ok(!existsSync(parquet('2025-01-01', 'a')));
    assert.ok(existsSync(join(place.bucket, 'raw/drives/zips/a.zip')), 'its zip is kept');
  });

  it('keeps what was taken in when the files are gone, and the run sees nothing new', async () => {
    writeZip(data('a.zip'), { '2025-01-01.csv': day('2025-01-01') });
    const before = await ingest.inputs(place.context);
    await place.run(ingest);
    rmSync(data('a.zip'));
    assert.deepEqual(await ingest.inputs(place.context), before);
    const { figures, summary } = await place.run(ingest);
    assert.equal(figures.drives_rows, 2);
    assert.match(summary, /0 new, 1 unchanged/);
    await assert.rejects(
      place.run(ingest, { sources: { drives: ['data/a.zip'] } }),
      /found no file/,
      'asked for by name',
    );
  });

  const bad = (name: string, csv: string | Buffer, expected: string) =>
    it(`lets the good days land and names the place: ${name}`, async () => {
      writeZip(data('q1.zip'), {
        '2025-01-01.csv': day('2025-01-01'),
        'x/2025-01-02.csv': csv,
        '2025-01-03.csv': day('2025-01-03'),
      });
      const { damage, figures } = await place.run(ingest);
      assert.deepEqual(damage, [`q1.zip: ${expected}`]);
      assert.equal(figures.drives_days, 2);
      assert.ok(!existsSync(parquet('2025-01-02', 'q1')));
      assert.deepEqual(readdirSync(place.context.scratch), []);
    });
  const member = 'x/2025-01-02.csv, ';
  const good = '2025-01-02,A,0,1';
  bad('a row with too few columns', day('', good, '2025-01-02,B'), `${member}line 3: found 2 columns, expected 4`);
  bad('a row with too many columns', day('', good, `${good},5`), `${member}line 3: found 5 columns, expected 4`);
  bad(
    'a value of another type',
    day('', good, good, '2025-01-02,B,yes,1'),
    `${member}line 4: found "yes" in column failure, expected integer`,
  );
  bad(
    'bytes that are not UTF-8',
    Buffer.from(day('', good, '2025-01-02,\xff\xfe,0,1'), 'latin1'),
    `${member}line 3: found bytes that are not UTF-8, expected UTF-8 text: convert it with iconv -f LATIN1 -t UTF-8`,
  );
  bad(
    'a header that is not UTF-8',
    Buffer.from('date,\xe9\n', 'latin1'),
    `${member}line 1: found bytes that are not UTF-8, expected UTF-8 text: convert it with iconv -f LATIN1 -t UTF-8`,
  );
  bad('an empty file', '', `${member}line 1: found an empty file, expected a line of column names`);
  bad(
    'a header without the day',
    'serial,failure\nA,0\n',
    `${member}line 1: found no column date, expected 2 columns with date`,
  );
  bad(
    'rows of another day',
    day('', good, '2025-01-05,B,0,1'),
    `${member}line 3: found "2025-01-05" in column date, expected 2025-01-02 as in its name`,
  );
  bad(
    'several rows of another day behind a value of several lines',
    day('', '2025-01-02,"A\nB",0,1', '2025-01-05,B,0,1', '2025-01-05,C,0,1'),
    `${member}line 4: found "2025-01-05" in column date (and 1 more rows of another day), expected 2025-01-02 as in its name`,
  );
  bad(
    'a fraction where whole numbers are declared',
    day('', '2025-01-02,A,0,1.0', '2025-01-02,B,0,', '2025-01-02,C,0,1.5'),
    `${member}line 4: found "1.5" in column smart_1_raw, expected bigint`,
  );
  bad(
    'a fraction with an exponent',
    day('', good, '2025-01-02,C,0,1e-05'),
    `${member}line 3: found "1e-05" in column smart_1_raw, expected bigint`,
  );
  bad(
    'a column twice',
    'date,serial,Serial\n',
    `${member}line 1: found column Serial twice, expected every column once`,
  );
  bad(
    'an error behind a value of several lines',
    `${header}\n2025-01-02,"A\nB\nC",0,1\n\n2025-01-02,B\n`,
    `${member}line 6: found 2 columns, expected 4`,
  );
  bad(
    'a file that ends in the middle of a row',
    `${header}\n${good}\n2025-01-02,B,`,
    `${member}line 3: found 3 columns, expected 4`,
  );

  it('names the right line deep in a large file', async () => {
    const rows = Array.from({ length: 400_000 }, (_, i) => `2025-01-01,S${i},0,${i}`);
    rows[321_654] = '2025-01-01,S,0,none';
    writeZip(data('q1.zip'), { '2025-01-01.csv': [header, ...rows].join('\n') });
    const { damage } = await place.run(ingest);
    assert.deepEqual(damage, [
      'q1.zip: 2025-01-01.csv, line 321656: found "none" in column smart_1_raw, expected bigint',
    ]);
  }).timeout(60_000);

  it('keeps days that landed before when their zip is damaged now', async () => {
    const whole = writeZip(data('q1.zip'), {
      '2025-01-01.csv': day('2025-01-01'),
      '2025-01-02.csv': day('2025-01-02'),
    });
    await place.run(ingest);
    writeFileSync(data('q1.zip'), whole.subarray(0, 150));
    const { damage, figures } = await place.run(ingest);
    assert.equal(damage?.length, 1);
    assert.equal(figures.drives_days, 2);
  });

  it('reads a zip without its directory from its start: complete members land, the cut one is named', async () => {
    const long = day('', ...Array.from({ length: 500 }, (_, i) => `2025-01-02,S${i},0,${(i * 7919) % 1000}`));
    const whole = writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01'), '2025-01-02.csv': long });
    writeFileSync(data('q1.zip'), whole.subarray(0, 800));
    const { damage, figures } = await place.run(ingest);
    assert.equal(figures.drives_days, 1);
    assert.equal(damage?.length, 1);
    assert.match(
      damage[0]!,
      /^q1\.zip: 2025-01-02\.csv, found the end of the file inside this member, expected \d+ more bytes$/,
    );
  });

  it('reads a zip that was written as a stream from its start too, and finds where its members end', async () => {
    const members = ['2025-01-01', '2025-01-02'].map((date) => {
      writeFileSync(join(place.folder, `${date}.csv`), day(date));
      return { name: `${date}.csv`, path: join(place.folder, `${date}.csv`) };
    });
    await streamZip(data('q1.zip'), members);
    const whole = readFileSync(data('q1.zip'));
    assert.equal((await place.run(ingest)).figures.drives_days, 2);
    // Only the directory is missing: every member is there, but nobody can know that.
    const directory = whole.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    writeFileSync(data('cut.zip'), whole.subarray(0, directory));
    const { damage, figures } = await place.run(ingest, { sources: { drives: ['data/cut.zip'] } });
    assert.equal(figures.drives_days, 2);
    assert.match(damage![0]!, /^cut\.zip: found its end at byte \d+, expected the zip's directory/);
    writeFileSync(data('cut.zip'), whole.subarray(0, directory + 20));
    assert.deepEqual((await place.run(ingest, { sources: { drives: ['data/cut.zip'] } })).damage, []);
  });

  it('names a member whose bytes do not agree with their checksum', async () => {
    const long = day('', ...Array.from({ length: 500 }, (_, i) => `2025-01-02,S${i},0,${i}`));
    const zip = writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01'), '2025-01-02.csv': long });
    const at = zip.indexOf('2025-01-02.csv') + 600;
    zip[at] = zip[at]! ^ 0xff;
    writeFileSync(data('q1.zip'), zip);
    const { damage, figures } = await place.run(ingest);
    assert.equal(figures.drives_days, 1);
    assert.match(
      damage![0]!,
      /^q1\.zip: 2025-01-02\.csv, found (checksum|data that cannot be unpacked|(more than )?\d+ bytes)/,
    );
  });

  it('says of a file that is no zip what it is not', async () => {
    writeFileSync(data('q1.zip'), 'this is no zip at all');
    const { damage } = await place.run(ingest);
    assert.match(damage![0]!, /^q1\.zip: found no member of a zip at byte 0/);
  });

  it('refuses a zip without any daily file and a source without files', async () => {
    await assert.rejects(place.run(ingest), /source drives: found no file for data\/\*\.zip/);
    writeZip(data('q1.zip'), { 'readme.txt': 'x' });
    await assert.rejects(place.run(ingest), /found no daily CSV in q1\.zip/);
  });

  it('refuses a type that DuckDB does not know, naming it', async () => {
    place.context.project.file.sources.drives!.types = { failure: 'biginteger' };
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01') });
    await assert.rejects(place.run(ingest), /sources\.drives\.types: found "biginteger" for failure/);
  });

  it('stops when cancelled and goes on from there', async () => {
    const days = Array.from({ length: 20 }, (_, i) => `2025-01-${String(i + 1).padStart(2, '0')}`);
    writeZip(data('q1.zip'), Object.fromEntries(days.map((date) => [`${date}.csv`, day(date)])));
    const abort = new AbortController();
    const progress = () => abort.abort();
    const { signal } = abort;
    const context = { ...place.context, signal, report: { ...place.context.report, progress } };
    const inputs = await ingest.inputs(context);
    await assert.rejects(ingest.run(context, { inputs, fingerprint: '', last: undefined }), /cancelled|abort/i);
    const { figures, summary } = await place.run(ingest);
    assert.equal(figures.drives_days, 20);
    assert.match(summary, /19 new, 1 unchanged/);
    assert.deepEqual(
      readdirSync(place.context.scratch).filter((name) => name.startsWith('duckdb')),
      [],
    );
  });

  it('writes Snappy Parquet with the declared types', async () => {
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01') });
    await place.run(ingest);
    const file = parquet('2025-01-01', 'q1');
    await withSession({ folders: foldersOf([file]) }, async (session) => {
      assert.deepEqual(await session.rows(`SELECT DISTINCT compression FROM parquet_metadata('${file}')`), [
        { compression: 'SNAPPY' },
      ]);
      assert.deepEqual(
        (await session.describe(`SELECT * FROM ${parquetFiles([file])}`)).map(({ type }) => type),
        ['DATE', 'VARCHAR', 'INTEGER', 'BIGINT'],
      );
    });
  });
});

function modelOf(target: string) {
  return { task: 'binary', target, candidates: [{ name: 'a', family: 'lightgbm', columns: ['*'] }] };
}
