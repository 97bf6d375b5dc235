import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { InputError } from '../../../src/common/errors.js';
import { download, fetchOk } from '../../../src/data/sources/download.js';
import { reachOf } from '../../../src/data/web/addresses.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { hostileSource } from '../../support/hostile-source.js';
import { temporaryFolder } from '../../support/temporary.js';

// Devices and the kernel's own files are named as on Linux.
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('sources that a project should not name', function () {
  this.timeout(60_000);
  const outside = temporaryFolder();
  const at = hostileSource();
  after(() => outside.remove());

  for (const path of ['/dev/zero', '/dev/stdin', '/proc/self/environ', '/proc/self/fd/0', '/sys/kernel/notes'])
    onLinux(`are refused by name: ${path}`, async () => {
      await at.refused(at.projectOf(path).run(ingest), path);
      await at.refused(at.place.run(ingest, { sources: { rows: [path] } }), path);
    });

  onLinux('are refused by name: a link to what the kernel makes up', async () => {
    at.projectOf('data/rows.csv');
    mkdirSync(join(at.place.folder, 'data'));
    symlinkSync('/proc/self/environ', join(at.place.folder, 'data/rows.csv'));
    await at.refused(at.place.run(ingest), 'rows.csv', '/proc');
  });

  onLinux('are refused by name: a pipe', async () => {
    at.projectOf('rows.csv');
    execFileSync('mkfifo', [join(at.place.folder, 'rows.csv')]);
    await at.refused(at.place.run(ingest), 'rows.csv: found a pipe');
  });

  onLinux('are refused by name: a socket', async () => {
    at.projectOf('rows.csv');
    const server = createSocketServer().listen(join(at.place.folder, 'rows.csv'));
    try {
      await at.refused(at.place.run(ingest), 'rows.csv: found a socket');
    } finally {
      server.close();
    }
  });

  for (const url of ['file:///etc/passwd', 'FILE:///etc/passwd', 'ftp://127.0.0.1/rows.csv', 'gopher://127.0.0.1/x'])
    it(`are refused by name: ${url}`, () => at.refused(at.projectOf(url).run(ingest), url));

  it('are refused by name: links out of the project, of a file and of a folder', async () => {
    writeFileSync(join(outside.path, 'rows.csv'), 'id\n1\n');
    for (const [from, to] of [
      ['rows.csv', join(outside.path, 'rows.csv')],
      ['data', outside.path],
    ] as const) {
      const files = from === 'data' ? 'data/*.csv' : from;
      at.projectOf(files);
      symlinkSync(to, join(at.place.folder, from));
      await at.refused(at.place.run(ingest), 'rows.csv', 'link');
      const rows = await at.place.run(ingest, { sources: { rows: [files] } });
      assert.equal(rows.figures.rows_rows, 1, 'what its user names is followed');
      at.place.end();
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
      assert.equal((await at.projectOf(`${url}/rows.csv`).run(ingest)).figures.rows_rows, 1);
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
        await at.refused(
          at.projectOf(`${url}/rows.csv`).run(ingest),
          `${new URL(to.replace('PORT', port()), url).href}`,
        );
        assert.equal(asked.length, 1, 'nobody was asked there');
      });

    for (const to of [
      'http://169.254.169.254/latest/meta-data/rows.csv',
      'http://[fe80::1]/rows.csv',
      'http://0.0.0.0/rows.csv',
    ])
      it(`may not be named, where no data can come from: ${to}`, () => at.refused(at.projectOf(to).run(ingest), to));

    it('do not lead round in circles', async () => {
      answer = (response) => void response.writeHead(302, { location: '/rows.csv' }).end();
      await assert.rejects(fetchOk(`${url}/rows.csv`, {}), /more than 10 times/);
      assert.equal(asked.length, 11);
    });

    it('may be no page whose links lead to this machine', async () => {
      answer = (response) => void response.end(`<a href="http://127.0.0.2:${port()}/a.csv">a</a>`);
      const links = { page: `${url}/page`, match: '.*\\.csv' };
      const place = at.projectWith({ files: 'none/*.csv', format: 'table', links });
      await at.refused(place.run(ingest), `http://127.0.0.2:${port()}/a.csv`);
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
      const place = at.projectWith({ files: 'none/*.csv', format: 'table', links });
      await at.refused(place.run(ingest), `${url}/page`);
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
});
