import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InputError } from '../../../src/common/errors.js';
import { listArchive, readMember } from '../../../src/data/archive/archive.js';
import { download, fetchOk } from '../../../src/data/sources/download.js';
import { reachOf } from '../../../src/data/web/addresses.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { lyingZip, lyingZip64, type Zip64Lies } from '../../support/lying-zip.js';
import { projectFile, workplace, type Workplace } from '../../support/stage-context.js';
import { temporaryFolder } from '../../support/temporary.js';

// Devices and the kernel's own files are named as on Linux.
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('sources that a project should not name', function () {
  this.timeout(60_000);
  const outside = temporaryFolder();
  let place: Workplace | undefined;
  afterEach(() => {
    place?.end();
    place = undefined;
  });
  after(() => outside.remove());

  function projectOf(files: string, format: 'table' | 'zip-of-csv' = 'table', types = {}): Workplace {
    place = workplace(projectFile({ sources: { rows: { files, format, types } } }));
    return place;
  }

  /** The run is refused as the user's input, in words that hold `said`, and nothing lies under `raw/`. */
  async function refused(running: Promise<unknown>, ...said: string[]): Promise<void> {
    await assert.rejects(running, (error: Error) => {
      assert.ok(error instanceof InputError, String(error));
      for (const text of said) assert.ok(error.message.includes(text), `${error.message}\nlacks ${text}`);
      return true;
    });
    assert.ok(!existsSync(join(place!.bucket, 'raw')), 'nothing is copied first');
  }

  for (const path of ['/dev/zero', '/dev/stdin', '/proc/self/environ', '/proc/self/fd/0', '/sys/kernel/notes'])
    onLinux(`are refused by name: ${path}`, async () => {
      await refused(projectOf(path).run(ingest), path);
      await refused(place!.run(ingest, { sources: { rows: [path] } }), path);
    });

  onLinux('are refused by name: a link to what the kernel makes up', async () => {
    projectOf('data/rows.csv');
    mkdirSync(join(place!.folder, 'data'));
    symlinkSync('/proc/self/environ', join(place!.folder, 'data/rows.csv'));
    await refused(place!.run(ingest), 'rows.csv', '/proc');
  });

  onLinux('are refused by name: a pipe', async () => {
    projectOf('rows.csv');
    execFileSync('mkfifo', [join(place!.folder, 'rows.csv')]);
    await refused(place!.run(ingest), 'rows.csv: found a pipe');
  });

  onLinux('are refused by name: a socket', async () => {
    projectOf('rows.csv');
    const server = createSocketServer().listen(join(place!.folder, 'rows.csv'));
    try {
      await refused(place!.run(ingest), 'rows.csv: found a socket');
    } finally {
      server.close();
    }
  });

  for (const url of ['file:///etc/passwd', 'FILE:///etc/passwd', 'ftp://127.0.0.1/rows.csv', 'gopher://127.0.0.1/x'])
    it(`are refused by name: ${url}`, () => refused(projectOf(url).run(ingest), url));

  it('are refused by name: links out of the project, of a file and of a folder', async () => {
    writeFileSync(join(outside.path, 'rows.csv'), 'id\n1\n');
    for (const [from, to] of [
      ['rows.csv', join(outside.path, 'rows.csv')],
      ['data', outside.path],
    ] as const) {
      const files = from === 'data' ? 'data/*.csv' : from;
      projectOf(files);
      symlinkSync(to, join(place!.folder, from));
      await refused(place!.run(ingest), 'rows.csv', 'link');
      const rows = await place!.run(ingest, { sources: { rows: [files] } });
      assert.equal(rows.figures.rows_rows, 1, 'what its user names is followed');
      place!.end();
    }
  });

  describe('on the network', () => {
    let server: Server;
    let url: string;
    let answer: (response: ServerResponse, path: string) => void;
    let asked: string[];
    before(async () => {
      server = createServer((request, response) => {
        asked.push(`${request.headers.host} ${request.url}`);
        answer(response, request.url!);
      });
      await new Promise<void>((listening) => server.listen(0, '0.0.0.0', listening));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    beforeEach(() => {
      asked = [];
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });
    const redirectTo = (to: string) => (response: ServerResponse, path: string) =>
      void (path === '/rows.csv' ? response.writeHead(302, { location: to }).end() : response.end('id\n1\n'));

    it('may lead to another path of their own host', async () => {
      answer = redirectTo('/other.csv');
      assert.equal((await projectOf(`${url}/rows.csv`).run(ingest)).figures.rows_rows, 1);
    });

    const port = () => new URL(url).port;
    const redirects = [
      ...['http://169.254.169.254/latest/meta-data/', 'http://127.0.0.2:PORT/x', 'http://localhost:PORT/x'],
      ...[
        'http://[::1]:PORT/x',
        'http://[::ffff:127.0.0.2]:PORT/x',
        'http://2130706434:PORT/x',
        'http://0x7f000002:PORT/x',
      ],
      ...[
        'http://0.0.0.0:PORT/x',
        'http://10.0.0.1/x',
        'http://[fd00::1]/x',
        'http://[fe80::1]/x',
        'file:///etc/passwd',
      ],
      ...['ftp://127.0.0.1/x', 'data:text/csv,id', '//127.0.0.2:PORT/x'],
    ];
    for (const to of redirects)
      it(`may not lead to ${to}`, async () => {
        answer = redirectTo(to.replace('PORT', port()));
        await refused(projectOf(`${url}/rows.csv`).run(ingest), `${new URL(to.replace('PORT', port()), url).href}`);
        assert.equal(asked.length, 1, 'nobody was asked there');
      });

    for (const to of [
      'http://169.254.169.254/latest/meta-data/rows.csv',
      'http://[fe80::1]/rows.csv',
      'http://0.0.0.0/rows.csv',
    ])
      it(`may not be named, where no data can come from: ${to}`, () => refused(projectOf(to).run(ingest), to));

    it('do not lead round in circles', async () => {
      answer = (response) => void response.writeHead(302, { location: '/rows.csv' }).end();
      await assert.rejects(fetchOk(`${url}/rows.csv`, {}), /more than 10 times/);
      assert.equal(asked.length, 11);
    });

    it('may be no page whose links lead to this machine', async () => {
      answer = (response) => void response.end(`<a href="http://127.0.0.2:${port()}/a.csv">a</a>`);
      const links = { page: `${url}/page`, match: '.*\\.csv' };
      place = workplace(projectFile({ sources: { rows: { files: 'none/*.csv', format: 'table', links } } }));
      await refused(place.run(ingest), `http://127.0.0.2:${port()}/a.csv`);
    });

    it('may be no page without an end', async () => {
      answer = (response) => {
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
          response.once('drain', more);
        };
        more();
      };
      const links = { page: `${url}/page`, match: '.*\\.csv' };
      place = workplace(projectFile({ sources: { rows: { files: 'none/*.csv', format: 'table', links } } }));
      await refused(place.run(ingest), `${url}/page`);
    });

    it('are refused before the disk is full', async () => {
      answer = (response) => void response.writeHead(200, { 'content-length': 1e15 }).write('x');
      const to = join(outside.path, 'large.csv');
      await assert.rejects(download(`${url}/rows.csv`, to, { wait: 1 }), InputError);
      assert.ok(!existsSync(to));
    });
  });

  it('lie at addresses that are told apart, however they are written', () => {
    for (const [reach, addresses] of Object.entries({
      closed: [
        '169.254.169.254',
        '0.0.0.0',
        '::',
        'fe80::1',
        'ff02::1',
        '255.255.255.255',
        '::ffff:169.254.169.254',
        'fd00:ec2::254',
      ],
      private: [
        '127.0.0.1',
        '10.1.2.3',
        '172.31.255.255',
        '192.168.0.1',
        '100.64.0.1',
        '::1',
        'fd12::1',
        '::ffff:10.0.0.1',
        '::ffff:7f00:1',
        '64:ff9b::a00:1',
      ],
      public: ['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:1.1.1.1'],
    }))
      for (const address of addresses) assert.equal(reachOf(address), reach, address);
  });

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
      const { folder } = projectOf('days.zip', 'zip-of-csv');
      writeFileSync(join(folder, 'days.zip'), lyingZip64('2026-01-01.csv', body));
      assert.equal((await place!.run(ingest)).figures.rows_rows, 1);
    });

    for (const [what, told] of Object.entries(lies))
      it(`are refused by name, or read by what lies in them, at once: ${what}`, async () => {
        const { folder } = projectOf('days.zip', 'zip-of-csv');
        const zip = lyingZip64('2026-01-01.csv', body, told);
        writeFileSync(join(folder, 'days.zip'), zip);
        const began = performance.now();
        const [landed, damage] = await place!.run(ingest).then(
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
      writeFileSync(join(projectOf('rows.csv.gz').folder, 'rows.csv.gz'), bomb);
      await refused(place!.run(ingest), 'rows.csv.gz', '1.0 GB');
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
        writeFileSync(join(projectOf('days.zip', 'zip-of-csv').folder, 'days.zip'), zip());
        await refused(place!.run(ingest), 'days.zip', said);
      });

    it('are left where the zip says that they end, the other days land', async () => {
      projectOf('days.zip', 'zip-of-csv');
      const members = [
        { name: day(1), body: Buffer.from('id\n1\n') },
        { name: day(2), body: zeros, size: 1000 },
      ];
      writeFileSync(join(place!.folder, 'days.zip'), lyingZip(members));
      const outcome = await place!.run(ingest);
      assert.equal(outcome.figures.rows_days, 1);
      assert.match(outcome.damage!.join(), /2026-01-02\.csv, found more than 1000 bytes/);
      const scratch = join(place!.folder, '.mlops/scratch');
      for (const name of readdirSync(scratch)) assert.ok(statSync(join(scratch, name)).size < 10e6, name);
    });
  });
});
