import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../src/common/errors.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import { parquetFiles } from '../../../src/data/duckdb/sql.js';
import { foldersOf } from '../../../src/pipeline/features/views.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { dailyProject, day } from '../../support/daily-project.js';
import { writeZip } from '../../support/zips.js';

describe('taking in zips of daily CSV files', () => {
  const at = dailyProject();
  const { data, parquet, rows } = at;

  it('lands members that no day names by the day of their rows, and names those without one', async () => {
    writeZip(data('q4.zip'), {
      'drive_stats_2024_12_01.csv': day('2024-12-01'),
      'drive_stats_2024_12_02.csv': day('2024-12-02', '2024-12-02,A,0,1', '2024-12-03,B,0,1'),
      '2024-12-04.csv': day('2024-12-04'),
      '2025-13-45.csv': 'no day',
      'summary.csv': 'a,b\n1,2\n',
    });
    const { figures, damage } = await at.place.run(ingest);
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
    const { figures, damage } = await at.place.run(ingest);
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
    const { figures, outputs, damage } = await at.place.run(ingest);
    assert.deepEqual(damage, []);
    assert.deepEqual(figures, { drives_days: 2, drives_rows: 4, drives_failure: 2 });
    assert.deepEqual(
      outputs.map(({ rows }) => rows),
      [2, 2],
    );
    assert.ok(existsSync(parquet('2025-01-01', 'q1')));
    assert.deepEqual(readFileSync(join(at.place.bucket, 'raw/drives/zips/q1.zip')), readFileSync(data('q1.zip')));
    assert.deepEqual(readdirSync(at.place.context.scratch), []);
  });

  it('takes types from names: columns that are empty, absent or new in a file break no other file', async () => {
    writeZip(data('q1.zip'), {
      '2025-01-01.csv': 'date,serial,failure,smart_1_raw,extra\n2025-01-01,007,0,,\n',
      '2025-01-02.csv': 'failure,date,serial,smart_1_raw,smart_2_raw\n0,2025-01-02,008,281474976710656,5\n',
    });
    await at.place.run(ingest);
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
    await at.place.run(ingest);
    const [row] = await rows(
      'SELECT count(*) AS n, count(smart_82_raw) AS c82, count(smart_193_raw) AS c193 FROM drives',
    );
    assert.deepEqual(row, { n: 2, c82: 2, c193: 1 });
    const [described] = await rows(`SELECT count(*) AS n FROM (DESCRIBE drives)`);
    assert.equal(described?.n, 197);
  });

  it('skips a day whose bytes are there and takes in the one that is new', async () => {
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01') });
    await at.place.run(ingest);
    const before = statSync(parquet('2025-01-01', 'q1')).mtimeMs;
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01'), '2025-01-02.csv': day('2025-01-02') });
    const { summary } = await at.place.run(ingest);
    assert.match(summary, /1 new, 1 unchanged/);
    assert.equal(statSync(parquet('2025-01-01', 'q1')).mtimeMs, before);
  });

  it('makes a day again when its bytes changed or its file is gone', async () => {
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01') });
    await at.place.run(ingest);
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01', '2025-01-01,C,0,3') });
    assert.match((await at.place.run(ingest)).summary, /1 days, 1 rows \(1 new/);
    writeFileSync(parquet('2025-01-01', 'q1'), 'cut');
    assert.match((await at.place.run(ingest)).summary, /1 new, 0 unchanged/);
    assert.equal((await rows()).length, 1);
  });

  it('refuses the same day with other bytes in two zips, naming both, and lands neither', async () => {
    writeZip(data('a.zip'), { '2025-01-01.csv': day('2025-01-01') });
    writeZip(data('b.zip'), { '2025-01-01.csv': day('2025-01-01', '2025-01-01,C,0,3') });
    await assert.rejects(at.place.run(ingest), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /2025-01-01: .*a\.zip .*b\.zip/);
      return true;
    });
    assert.ok(!existsSync(parquet('2025-01-01', 'a')));
  });

  it('takes the same day with the same bytes in two zips once', async () => {
    for (const zip of ['a.zip', 'b.zip']) writeZip(data(zip), { '2025-01-01.csv': day('2025-01-01') });
    assert.equal((await at.place.run(ingest)).figures.drives_rows, 2);
  });

  it('leaves out days of zips that are no longer among its files, and says so', async () => {
    writeZip(data('a.zip'), { '2025-01-01.csv': day('2025-01-01') });
    writeZip(data('b.zip'), { '2025-01-02.csv': day('2025-01-02') });
    await at.place.run(ingest);
    const { figures } = await at.place.run(ingest, { sources: { drives: ['data/b.zip'] } });
    assert.equal(figures.drives_days, 1);
    assert.ok(at.place.messages.some((text) => text.includes('a.zip')));
    assert.ok(!existsSync(parquet('2025-01-01', 'a')));
    assert.ok(existsSync(join(at.place.bucket, 'raw/drives/zips/a.zip')), 'its zip is kept');
  });

  it('keeps what was taken in when the files are gone, and the run sees nothing new', async () => {
    writeZip(data('a.zip'), { '2025-01-01.csv': day('2025-01-01') });
    const before = await ingest.inputs(at.place.context);
    await at.place.run(ingest);
    rmSync(data('a.zip'));
    assert.deepEqual(await ingest.inputs(at.place.context), before);
    const { figures, summary } = await at.place.run(ingest);
    assert.equal(figures.drives_rows, 2);
    assert.match(summary, /0 new, 1 unchanged/);
    await assert.rejects(
      at.place.run(ingest, { sources: { drives: ['data/a.zip'] } }),
      /found no file/,
      'asked for by name',
    );
  });

  it('says of a file that is no zip what it is not', async () => {
    writeFileSync(data('q1.zip'), 'this is no zip at all');
    const { damage } = await at.place.run(ingest);
    assert.match(damage![0]!, /^q1\.zip: found no member of a zip at byte 0/);
  });

  it('refuses a zip without any daily file and a source without files', async () => {
    await assert.rejects(at.place.run(ingest), /source drives: found no file for data\/\*\.zip/);
    writeZip(data('q1.zip'), { 'readme.txt': 'x' });
    await assert.rejects(at.place.run(ingest), /found no daily CSV in q1\.zip/);
  });

  it('refuses a type that DuckDB does not know, naming it', async () => {
    at.place.context.project.file.sources.drives!.types = { failure: 'biginteger' };
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01') });
    await assert.rejects(at.place.run(ingest), /sources\.drives\.types: found "biginteger" for failure/);
  });

  it('stops when cancelled and goes on from there', async () => {
    const days = Array.from({ length: 20 }, (_, i) => `2025-01-${String(i + 1).padStart(2, '0')}`);
    writeZip(data('q1.zip'), Object.fromEntries(days.map((date) => [`${date}.csv`, day(date)])));
    const abort = new AbortController();
    const progress = () => abort.abort();
    const { signal } = abort;
    const context = { ...at.place.context, signal, report: { ...at.place.context.report, progress } };
    const inputs = await ingest.inputs(context);
    await assert.rejects(ingest.run(context, { inputs, fingerprint: '', last: undefined }), /cancelled|abort/i);
    const { figures, summary } = await at.place.run(ingest);
    assert.equal(figures.drives_days, 20);
    assert.match(summary, /19 new, 1 unchanged/);
    assert.deepEqual(
      readdirSync(at.place.context.scratch).filter((name) => name.startsWith('duckdb')),
      [],
    );
  });

  it('writes Snappy Parquet with the declared types', async () => {
    writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01') });
    await at.place.run(ingest);
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
