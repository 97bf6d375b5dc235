import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { attackedEndpoint, postPieces, type AttackedEndpoint } from '../../support/attacked-endpoint.js';
import { npy } from '../../support/npy.js';

/** A batch as large as one may be; each row is five signs of input and a long answer. */
const largestBatch = '0,0,0\n'.repeat(900_000);

describe('requests that would stop an endpoint', function () {
  this.timeout(120_000);
  let endpoint: AttackedEndpoint;
  before(async () => {
    endpoint = await attackedEndpoint();
  });
  after(() => endpoint.end());
  // Whatever was sent, the same process answers on.
  afterEach(async () => {
    const { status } = await endpoint.post('[[1, 2, 3]]', 'application/json');
    assert.equal(status, 200);
    assert.doesNotThrow(() => process.kill(endpoint.pid, 0));
  });

  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const npyType = 'application/x-npy';
  const refused: [what: string, status: number, type: string, body: () => string | Uint8Array][] = [
    ['an npy of 4e9 rows of nothing', 400, npyType, () => npy('(4000000000, 0)')],
    ['an npy of nothing in 4e9 columns', 400, npyType, () => npy('(0, 4000000000)')],
    ['an npy of no rows', 400, npyType, () => npy('(0, 3)')],
    ['an npy whose sizes overflow', 400, npyType, () => npy('(9007199254740991, 9007199254740991)')],
    ['an npy of sizes beyond any number', 400, npyType, () => npy(`(1${'0'.repeat(400)}, 3)`)],
    ['an npy of a negative size', 400, npyType, () => npy('(-1, 3)')],
    ['an npy of more rows than one request holds', 413, npyType, () => npy('(2000000, 3)', '|u1', 6_000_000)],
    ['an npy in memory order of columns, of nothing', 400, npyType, () => npy('(0, 0)', '<f8', 0, 'True')],
    ['an npy of many dimensions', 400, npyType, () => npy(`(${'1, '.repeat(900)})`)],
    ['an npy whose header has thousands of open brackets', 400, npyType, () => npy("'shape': (".repeat(900))],
    ['an npy with a header of 20 MB', 400, npyType, () => npy(`(1, 3)${' '.repeat(20e6)}`)],
    [
      '20,000 records of one key each',
      400,
      'application/json',
      () => JSON.stringify(Array.from({ length: 20_000 }, (_, index) => ({ [`k${index}`]: index }))),
    ],
    [
      'millions of empty records',
      413,
      'application/json',
      () => `[{"alpha":1,"beta":1,"gamma":1}${',{}'.repeat(8e6)}]`,
    ],
    ['millions of empty rows', 413, 'application/json', () => `[[1,2,3]${',[]'.repeat(8e6)}]`],
    ['one row of millions of values', 413, 'application/json', () => `[0${',0'.repeat(12e6)}]`],
    ['millions of rows as lines', 413, 'application/jsonlines', () => '[]\n'.repeat(8e6)],
    ['40 KB of open quotes before a NaN', 400, 'application/json', () => `[NaN,${'"\\'.repeat(20_000)}`],
    ['25 MB of quotes and backslashes', 400, 'application/json', () => `[NaN,${'\\"'.repeat(12e6)}`],
    ['arrays 5 million deep', 400, 'application/json', () => deep(5e6)],
    ['arrays 100 deep', 400, 'application/json', () => deep(100)],
    [
      'a record with a value 50,000 deep',
      400,
      'application/json',
      () => `{"features": {"alpha": 1, "beta": 2, "gamma": 3, "x": ${deep(50_000)}}}`,
    ],
    ['a number beyond a double', 400, 'application/json', () => '[[1e999, 2, 3]]'],
    [
      'a number beyond a double in a record',
      400,
      'application/json',
      () => '{"features": {"alpha": -1e999, "beta": 2, "gamma": 3}}',
    ],
    ['a number beyond a double as CSV', 400, 'text/csv', () => '1e999,2,3'],
    ['a cell of 10 MB', 400, 'application/json', () => `[["${'x'.repeat(10e6)}", 2, 3]]`],
    ['a cell of 10 MB as CSV', 400, 'text/csv', () => `${'x'.repeat(10e6)},2,3`],
    ['a quoted cell of 10 MB as CSV', 400, 'text/csv', () => `"${'x'.repeat(10e6)}",2,3`],
    ['a column name of 10 MB', 400, 'application/json', () => `[{"${'x'.repeat(10e6)}": 1}]`],
    [
      'a name twice in one record',
      400,
      'application/json',
      () => '{"features": {"alpha": 1, "alpha": 9, "beta": 2, "gamma": 3}}',
    ],
    ['a column twice', 400, 'text/csv', () => 'alpha,alpha,beta,gamma\n1,9,2,3'],
    ['__proto__ in place of features', 400, 'application/json', () => '{"__proto__": {"features": [[1, 2, 3]]}}'],
    ['features that only every object has', 400, 'application/json', () => '[{"constructor": 1, "toString": 2}]'],
    ['bytes that are no text', 400, 'application/json', () => Uint8Array.of(0x5b, 0xff, 0xfe, 0x5d)],
    ['nothing', 400, 'application/json', () => ''],
  ];
  for (const [what, status, type, body] of refused) {
    it(`are refused: ${what}`, async () => {
      let answered = { status: 0, text: '' };
      const longest = await endpoint.longestPing(async () => {
        answered = await endpoint.post(body(), type);
      });
      assert.equal(answered.status, status, answered.text.slice(0, 300));
      assert.ok(answered.text.length < 2000, 'what was sent is not sent back');
      assert.ok(longest < 1000, `/ping took ${longest} ms`);
    });
  }

  it('do not keep /ping waiting, though they are legal and as large as can be, several at once', async () => {
    let answers: { status: number; text: string }[] = [];
    const longest = await endpoint.longestPing(async () => {
      answers = await Promise.all([1, 2, 3].map(() => endpoint.post(largestBatch, 'text/csv')));
    });
    for (const { status, text } of answers) {
      assert.equal(status, 200, text.slice(0, 300));
      assert.equal((JSON.parse(text) as { predictions: number[] }).predictions.length, 900_000);
    }
    assert.ok(longest < 1000, `/ping took ${longest} ms`);
  });

  it('do not keep /ping waiting when they are small and many', async () => {
    const body = '0,0,0\n'.repeat(2_700);
    const longest = await endpoint.longestPing(async () => {
      const answers = await Promise.all(Array.from({ length: 200 }, () => endpoint.post(body, 'text/csv')));
      assert.ok(answers.every(({ status }) => status === 200));
    });
    assert.ok(longest < 1000, `/ping took ${longest} ms`);
  });

  it('are told to come again when too many large ones are held at once', async () => {
    const body = `[${'0,'.repeat(12e6)}0]`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => endpoint.post(body, 'application/json')));
    for (const { status } of answers) assert.ok([413, 429].includes(status), String(status));
    assert.ok(
      answers.some(({ status }) => status === 429),
      'one at least was not held',
    );
  });

  it('take little memory that stays', async () => {
    const before = endpoint.memory();
    for (const [, , type, body] of refused) await endpoint.post(body(), type);
    assert.ok(endpoint.memory() - before < 256e6, `grew by ${endpoint.memory() - before} bytes`);
  });

  it('are refused when they are packed: what they unpack to is not known', async () => {
    const { status, text } = await endpoint.post(gzipSync('[[1, 2, 3]]'), 'application/json', {
      'content-encoding': 'gzip',
    });
    assert.equal(status, 415, text);
  });

  const endless = function* (piece: string) {
    for (let sent = 0; sent < 200e6; sent += piece.length) yield piece;
  };

  it('are refused after 25 MB when their end does not come', async () => {
    const headers = { authorization: `Bearer ${endpoint.token}`, 'transfer-encoding': 'chunked' };
    const { status, sent } = await postPieces(`${endpoint.url}/invocations`, headers, endless('0,'.repeat(8192)));
    assert.equal(status, 413);
    assert.ok(sent < 100e6, `${sent} bytes were taken`);
  });

  for (const path of ['/invocations', '/predict', '/endpoints/hot/invocations', '/admin/stop', '/admin/flush']) {
    it(`are refused at ${path} before their body is read, where there is no token`, async () => {
      const counted = await figures();
      const headers = { 'content-length': String(200e6), 'content-type': 'application/json' };
      const { status, sent } = await postPieces(endpoint.url + path, headers, endless('0,'.repeat(8192)));
      assert.equal(status, 401);
      assert.ok(sent < 100e6, `${sent} bytes were taken`);
      assert.equal(await figures(), counted, 'no alarm hears of it');
    });
  }

  it('are not counted where there is no token, whatever they hold', async () => {
    const counted = await figures();
    const nobody = { authorization: 'Bearer nobody' };
    const large = { ...nobody, 'content-encoding': 'gzip', 'x-amzn-sagemaker-target-variant': 'none' };
    for (const body of ['', '{', 'x'.repeat(26e6)])
      assert.equal((await endpoint.post(body, 'application/xml', large)).status, 401);
    const signature = `AWS4-HMAC-SHA256 Credential=x/20260101/r/s/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
    assert.equal((await endpoint.post('x'.repeat(26e6), 'text/csv', { authorization: signature })).status, 403);
    assert.equal(await figures(), counted);
  });

  /** The lines of the live figures that tell of invocations. */
  async function figures(): Promise<string> {
    const response = await fetch(`${endpoint.url}/metrics`, { headers: { authorization: `Bearer ${endpoint.token}` } });
    const lines = (await response.text()).split('\n').filter((line) => line.startsWith('mlops_'));
    return lines.join('\n');
  }

  /** Sends bytes as they are and waits for the connection's end; the first line of what came. */
  async function raw(...pieces: string[]): Promise<string> {
    const { hostname, port } = new URL(endpoint.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    for (const piece of pieces) socket.write(piece);
    await once(socket, 'close');
    return text.split('\r\n', 1)[0]!;
  }
  const head = (rest: string) =>
    `POST /invocations HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${endpoint.token}\r\n${rest}\r\n\r\n`;

  it('lose their connection when the head does not come', async () => {
    assert.match(await raw('POST /invocations HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '), /^HTTP\/1\.1 408/);
  });

  it('are refused with a head of a megabyte', async () => {
    // What was not read any more when the connection ended may take the answer with it.
    const answer = await raw(head(`X-Large: ${'x'.repeat(1e6)}`));
    assert.match(answer, /^(HTTP\/1\.1 431.*)?$/);
    assert.equal((await fetch(new URL('/ping', endpoint.url))).status, 200);
  });

  it('are refused with a length that is none, or two', async () => {
    assert.match(await raw(head('Content-Length: -5')), /^HTTP\/1\.1 400/);
    assert.match(await raw(head('Content-Length: 5\r\nContent-Length: 6'), '[[1,2'), /^HTTP\/1\.1 400/);
    assert.match(await raw(head('Content-Length: 5\r\nTransfer-Encoding: chunked'), '[[1,2'), /^HTTP\/1\.1 400/);
  });

  it('are no error of the model when the caller leaves in the middle of the body', async () => {
    const before = await figures();
    const { hostname, port } = new URL(endpoint.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(head('Content-Length: 500') + '[[1, 2');
    socket.destroy();
    await once(socket, 'close');
    await endpoint.post('[[1, 2, 3]]', 'application/json');
    const failed = (text: string) => text.split('\n').filter((line) => line.includes('status="5'));
    assert.deepEqual(failed(await figures()), failed(before));
  });
});
