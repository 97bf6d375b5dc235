import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InputError } from '../../../src/common/errors.js';
import { listArchive, readMember } from '../../../src/data/archive/archive.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { hostileSource } from '../../support/hostile-source.js';
import { lyingZip, lyingZip64, type Zip64Lies } from '../../support/lying-zip.js';

describe('sources', function () {
  this.timeout(60_000);
  const at = hostileSource();

  describe('that are zips of 64 bits', () => {
    const body = Buffer.from('id\n1\n');
    const huge = 2n ** 60n;
    const lies: Record<string, Zip64Lies> = {
      'a size that no disk has': { size: huge },
      'the largest size that there is': { size: 2n ** 64n - 1n },
      'more packed bytes than the file': { packed: 10n ** 12n },
      'an offset behind the end': { offset: huge },
      'an offset into its own directory': { offset: 45n },
      'more members than it has': { members: 2n ** 40n },
      'a directory behind the end': { directoryOffset: huge },
      'a directory in the middle of a member': { directoryOffset: 3n },
      'an end that is elsewhere': { endOffset: huge },
      'an end at its beginning': { endOffset: 0n },
      'a field cut short': { extraBytes: 8 },
      'no field at all': { extraBytes: 0 },
    };

    it('are read where they say the truth', async () => {
      const { folder } = at.projectOf('days.zip', 'zip-of-csv');
      writeFileSync(join(folder, 'days.zip'), lyingZip64('2026-01-01.csv', body));
      assert.equal((await at.place.run(ingest)).figures.rows_rows, 1);
    });

    for (const [what, told] of Object.entries(lies))
      it(`are refused by name, or read by what lies in them, at once: ${what}`, async () => {
        const { folder } = at.projectOf('days.zip', 'zip-of-csv');
        const zip = lyingZip64('2026-01-01.csv', body, told);
        writeFileSync(join(folder, 'days.zip'), zip);
        const began = performance.now();
        const [landed, damage] = await at.place.run(ingest).then(
          ({ figures, damage: left = [] }) => [figures.rows_rows, left.join()],
          (error: unknown) => {
            assert.ok(error instanceof InputError, String(error));
            return [undefined, error.message];
          },
        );
        assert.ok(landed === 1 || (damage as string).includes('days.zip'), `${landed} rows, ${damage}`);
        const bytes = {
          size: zip.length,
          read: (from: number, length: number) => Promise.resolve(zip.subarray(from, from + length)),
        };
        const { members, complete } = await listArchive(bytes, 'zip');
        await readMember(bytes, 'zip', '2026-01-01.csv', 1e9).catch((error: unknown) =>
          assert.ok(error instanceof InputError),
        );
        assert.ok(!complete || members.length === 1, 'what it cannot list it says');
        assert.ok(performance.now() - began < 5000);
      });
  });

  describe('that unpack to more than they are', () => {
    const zeros = Buffer.alloc(100_000_000);
    const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}.csv`;

    it('are refused as a gzip, though it is made of many', async () => {
      const bomb = Buffer.concat(Array<Buffer>(12).fill(gzipSync(zeros)));
      writeFileSync(join(at.projectOf('rows.csv.gz').folder, 'rows.csv.gz'), bomb);
      await at.refused(at.place.run(ingest), 'rows.csv.gz', '1.0 GB');
    });

    const zips: [what: string, said: string, zip: () => Buffer][] = [
      ['by one member', day(1), () => lyingZip([{ name: day(1), body: zeros, size: 4_000_000_000 }])],
      [
        'by many members together',
        'unpacked',
        () => lyingZip(Array.from({ length: 12 }, (_, at) => ({ name: day(at + 1), body: zeros }))),
      ],
      [
        'by members that share their bytes',
        day(2),
        () =>
          lyingZip(
            Array.from({ length: 20 }, (_, at) => ({
              name: day(at + 1),
              body: Buffer.from('id\n1\n'),
              shared: at > 0,
            })),
          ),
      ],
      [
        'by twenty thousand members',
        '10000 members',
        () => lyingZip(Array.from({ length: 20_000 }, (_, at) => ({ name: `${at}.csv`, body: Buffer.alloc(0) }))),
      ],
    ];
    for (const [what, said, zip] of zips)
      it(`are refused as a zip, ${what}`, async () => {
        writeFileSync(join(at.projectOf('days.zip', 'zip-of-csv').folder, 'days.zip'), zip());
        await at.refused(at.place.run(ingest), 'days.zip', said);
      });

    it('are left where the zip says that they end, the other days land', async () => {
      at.projectOf('days.zip', 'zip-of-csv');
      const members = [
        { name: day(1), body: Buffer.from('id\n1\n') },
        { name: day(2), body: zeros, size: 1000 },
      ];
      writeFileSync(join(at.place.folder, 'days.zip'), lyingZip(members));
      const outcome = await at.place.run(ingest);
      assert.equal(outcome.figures.rows_days, 1);
      assert.match(outcome.damage!.join(), /2026-01-02\.csv, found more than 1000 bytes/);
      const scratch = join(at.place.folder, '.mlops/scratch');
      for (const name of readdirSync(scratch)) assert.ok(statSync(join(scratch, name)).size < 10e6, name);
    });
  });
});
