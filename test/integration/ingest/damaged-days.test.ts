import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeZip as streamZip } from '../../../src/data/zip/write.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { dailyProject, day, header } from '../../support/daily-project.js';
import { writeZip } from '../../support/zips.js';

describe('taking in zips of daily CSV files, of which some are damaged', () => {
  const at = dailyProject();
  const { data, parquet } = at;

  const bad = (name: string, csv: string | Buffer, expected: string) =>
    it(`lets the good days land and names the place: ${name}`, async () => {
      writeZip(data('q1.zip'), {
        '2025-01-01.csv': day('2025-01-01'),
        'x/2025-01-02.csv': csv,
        '2025-01-03.csv': day('2025-01-03'),
      });
      const { damage, figures } = await at.place.run(ingest);
      assert.deepEqual(damage, [`q1.zip: ${expected}`]);
      assert.equal(figures.drives_days, 2);
      assert.ok(!existsSync(parquet('2025-01-02', 'q1')));
      assert.deepEqual(readdirSync(at.place.context.scratch), []);
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
    `${member}line 3: found bytes that are not UTF-8, expected UTF-8 text; it looks like latin1: --encoding latin1, or "encoding": "latin1" of its source`,
  );
  bad(
    'a header that is not UTF-8',
    Buffer.from('date,\xe9\n', 'latin1'),
    `${member}line 1: found bytes that are not UTF-8, expected UTF-8 text; it looks like latin1: --encoding latin1, or "encoding": "latin1" of its source`,
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
    const { damage } = await at.place.run(ingest);
    assert.deepEqual(damage, [
      'q1.zip: 2025-01-01.csv, line 321656: found "none" in column smart_1_raw, expected bigint',
    ]);
  }).timeout(60_000);

  it('keeps days that landed before when their zip is damaged now', async () => {
    const whole = writeZip(data('q1.zip'), {
      '2025-01-01.csv': day('2025-01-01'),
      '2025-01-02.csv': day('2025-01-02'),
    });
    await at.place.run(ingest);
    writeFileSync(data('q1.zip'), whole.subarray(0, 150));
    const { damage, figures } = await at.place.run(ingest);
    assert.equal(damage?.length, 1);
    assert.equal(figures.drives_days, 2);
  });

  it('reads a zip without its directory from its start: complete members land, the cut one is named', async () => {
    const long = day('', ...Array.from({ length: 500 }, (_, i) => `2025-01-02,S${i},0,${(i * 7919) % 1000}`));
    const whole = writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01'), '2025-01-02.csv': long });
    writeFileSync(data('q1.zip'), whole.subarray(0, 800));
    const { damage, figures } = await at.place.run(ingest);
    assert.equal(figures.drives_days, 1);
    assert.equal(damage?.length, 1);
    assert.match(
      damage[0]!,
      /^q1\.zip: 2025-01-02\.csv, found the end of the file inside this member, expected \d+ more bytes$/,
    );
  });

  it('reads a zip that was written as a stream from its start too, and finds where its members end', async () => {
    const members = ['2025-01-01', '2025-01-02'].map((date) => {
      writeFileSync(join(at.place.folder, `${date}.csv`), day(date));
      return { name: `${date}.csv`, path: join(at.place.folder, `${date}.csv`) };
    });
    await streamZip(data('q1.zip'), members);
    const whole = readFileSync(data('q1.zip'));
    assert.equal((await at.place.run(ingest)).figures.drives_days, 2);
    // Only the directory is missing: every member is there, but nobody can know that.
    const directory = whole.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    writeFileSync(data('cut.zip'), whole.subarray(0, directory));
    const { damage, figures } = await at.place.run(ingest, { sources: { drives: ['data/cut.zip'] } });
    assert.equal(figures.drives_days, 2);
    assert.match(damage![0]!, /^cut\.zip: found its end at byte \d+, expected the zip's directory/);
    writeFileSync(data('cut.zip'), whole.subarray(0, directory + 20));
    assert.deepEqual((await at.place.run(ingest, { sources: { drives: ['data/cut.zip'] } })).damage, []);
  });

  it('names a member whose bytes do not agree with their checksum', async () => {
    const long = day('', ...Array.from({ length: 500 }, (_, i) => `2025-01-02,S${i},0,${i}`));
    const zip = writeZip(data('q1.zip'), { '2025-01-01.csv': day('2025-01-01'), '2025-01-02.csv': long });
    const byte = zip.indexOf('2025-01-02.csv') + 600;
    zip[byte] = zip[byte]! ^ 0xff;
    writeFileSync(data('q1.zip'), zip);
    const { damage, figures } = await at.place.run(ingest);
    assert.equal(figures.drives_days, 1);
    assert.match(
      damage![0]!,
      /^q1\.zip: 2025-01-02\.csv, found (checksum|data that cannot be unpacked|(more than )?\d+ bytes)/,
    );
  });
});
