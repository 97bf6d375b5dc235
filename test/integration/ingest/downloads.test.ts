import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokenError, CancelledError, InputError } from '../../../src/common/errors.js';
import { download } from '../../../src/data/sources/download.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { projectFile, workplace } from '../../support/stage-context.js';
import { writeZip } from '../../support/zips.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('downloads', () => {
  const body = randomBytes(1_000_000);
  let folder: string;
  let server: Server;
  let url: string;
  let answer: Answer;
  let requests: IncomingMessage[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'download-'));
    requests = [];
    server = createServer((request, response) => {
      requests.push(request);
      answer(request, response);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    rmSync(folder, { recursive: true, force: true });
  });

  /** Serves `bytes` with ranges; `cut` says after how many bytes of an answer the connection breaks. */
  const serving =
    (bytes: Buffer, etag: string, cut: () => number = () => Infinity): Answer =>
    (request, response) => {
      const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
      const resumes = from !== undefined && request.headers['if-range'] === etag;
      const start = resumes ? Number(from) : 0;
      if (start >= bytes.length) return void response.writeHead(416).end();
      response.writeHead(resumes ? 206 : 200, {
        etag,
        'content-length': bytes.length - start,
        ...(resumes ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
      });
      if (request.method === 'HEAD') return void response.end();
      const end = start + cut();
      if (end >= bytes.length) return void response.end(bytes.subarray(start));
      response.write(bytes.subarray(start, end), () => response.destroy());
    };
  const to = () => join(folder, 'file.bin');

  it('takes a broken download up where it broke, until it is whole', async () => {
    answer = serving(body, '"one"', () => 300_000);
    await download(`${url}/file.bin`, to(), { wait: 1 });
    assert.deepEqual(readFileSync(to()), body);
    assert.ok(requests.length >= 4);
    assert.equal(requests[1]!.headers['if-range'], '"one"');
    assert.ok(!existsSync(`${to()}.part`) && !existsSync(`${to()}.part.json`));
  });

  it('goes on in a later call with what an earlier one brought', async () => {
    answer = (request, response) => {
      if (requests.length === 1) return serving(body, '"one"', () => 400_000)(request, response);
      response.writeHead(503).end();
    };
    await assert.rejects(download(`${url}/file.bin`, to(), { wait: 1 }), BrokenError);
    assert.ok(!existsSync(to()));
    requests = [];
    answer = serving(body, '"one"');
    await download(`${url}/file.bin`, to(), { wait: 1 });
    assert.match(requests[0]!.headers.range!, /^bytes=[1-9]\d*-$/);
    assert.deepEqual(readFileSync(to()), body);
  });

  it('starts again when the file changed in between, and never mixes two', async () => {
    const other = randomBytes(500_000);
    answer = (request, response) =>
      requests.length === 1
        ? serving(body, '"one"', () => 300_000)(request, response)
        : serving(other, '"two"')(request, response);
    await download(`${url}/file.bin`, to(), { wait: 1 });
    assert.deepEqual(readFileSync(to()), other);
  });

  it('starts again at a server that knows no ranges', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': body.length });
      if (requests.length < 3) response.write(body.subarray(0, 100_000), () => response.destroy());
      else response.end(body);
    };
    await download(`${url}/file.bin`, to(), { wait: 1 });
    assert.deepEqual(readFileSync(to()), body);
  });

  it('does not try again what will not change, and gives up on what does not come', async () => {
    answer = (_request, response) => void response.writeHead(404).end();
    await assert.rejects(download(`${url}/file.bin`, to(), { wait: 1 }), /file\.bin: answered 404 Not Found/);
    assert.equal(requests.length, 1);
    answer = (_request, response) => void response.writeHead(500).end();
    await assert.rejects(download(`${url}/file.bin`, to(), { wait: 1 }), /answered 500/);
    assert.equal(requests.length, 7);
  });

  it('stops when cancelled, also while it waits', async () => {
    const abort = new AbortController();
    answer = (_request, response) => {
      response.writeHead(500).end();
      setImmediate(() => abort.abort());
    };
    await assert.rejects(download(`${url}/file.bin`, to(), { wait: 60_000, signal: abort.signal }), CancelledError);
  });

  it('brings zips from a release page: its links that match, once, and again only when they changed', async () => {
    const csv = 'date,serial\n2025-01-01,A\n';
    const zip = writeZip(join(folder, 'made.zip'), { '2025-01-01.csv': csv });
    const page = `<a href="/files/data_Q1_2025.zip">Q1</a> <a href='files/data_Q1_2025.zip'>again</a>
      <a href="/files/readme.pdf">docs</a> <a href="/files/old_data_Q1_2025.zip.sig">sig</a>`;
    answer = (request, response) => {
      if (request.url === '/page') response.end(page);
      else if (request.url === '/files/data_Q1_2025.zip') serving(zip, '"zip"')(request, response);
      else response.writeHead(404).end();
    };
    const links = { page: `${url}/page`, match: 'data_Q[1-4]_[0-9]{4}\\.zip' };
    const drives = { files: 'data/*.zip', format: 'zip-of-csv', partition: 'date', links };
    const place = workplace(projectFile({ sources: { drives } }));
    try {
      const { figures } = await place.run(ingest);
      assert.equal(figures.drives_rows, 1);
      assert.deepEqual(readFileSync(join(place.bucket, 'raw/drives/zips/data_Q1_2025.zip')), zip);
      requests = [];
      await place.run(ingest);
      assert.ok(!requests.some(({ method, url }) => method === 'GET' && url?.endsWith('.zip')));
    } finally {
      place.end();
    }
  });

  describe('of a URL whose last part is no file name', () => {
    const hostile = [
      '..%2F..%2FPWNED.csv',
      '..%5C..%5CPWNED.csv',
      '.PWNED.csv',
      'C%3APWNED.csv',
      'PWNED%00.csv',
      'PWNED%zz.csv',
    ];
    for (const last of hostile)
      it(`refuses ${last}, naming the URL, before it asks for it or writes anything`, async () => {
        answer = serving(Buffer.from('id\n1\n'), '"csv"');
        const rows = { files: `${url}/${last}`, format: 'table' };
        const place = workplace(projectFile({ sources: { rows } }));
        try {
          await assert.rejects(place.run(ingest), (error: Error) => {
            assert.ok(error instanceof InputError, String(error));
            assert.ok(error.message.includes(`${url}/${last}`), error.message);
            return true;
          });
          assert.equal(requests.length, 0);
          const everywhere = readdirSync(join(place.bucket, '../../..'), { recursive: true, encoding: 'utf8' });
          assert.deepEqual(
            everywhere.filter((name) => name.includes('PWNED')),
            [],
          );
        } finally {
          place.end();
        }
      });

    it('leaves a link of the page alone whose escapes are broken, as it matches nothing', async () => {
      const page = '<a href="/bad%zz.csv">bad</a> <a href="/good.csv">good</a>';
      answer = (request, response) => {
        if (request.url === '/page') response.end(page);
        else serving(Buffer.from('id\n1\n'), '"csv"')(request, response);
      };
      const rows = { files: 'data/*.csv', format: 'table', links: { page: `${url}/page`, match: '.*\\.csv' } };
      const place = workplace(projectFile({ sources: { rows } }));
      try {
        assert.equal((await place.run(ingest)).figures.rows_rows, 1);
      } finally {
        place.end();
      }
    });
  });
});
