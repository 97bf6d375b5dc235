import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { attackedEndpoint, type AttackedEndpoint } from '../../support/attacked-endpoint.js';
import { signedHeaders } from '../../support/sign.js';

describe('connections that would deceive or stop an endpoint', function () {
  this.timeout(60_000);
  let endpoint: AttackedEndpoint;
  before(async () => {
    endpoint = await attackedEndpoint();
  });
  after(() => endpoint.end());
  // Whatever was sent, the same process answers on.
  afterEach(async () => {
    assert.equal((await endpoint.post('[[1, 2, 3]]', 'application/json')).status, 200);
    assert.doesNotThrow(() => process.kill(endpoint.pid, 0));
  });

  /** Sends bytes as they are, and gives all that came until the connection ended. */
  async function raw(bytes: string, port = Number(new URL(endpoint.url).port)): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.write(bytes);
    await once(socket, 'close');
    return text;
  }
  const statusOf = (text: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0);
  const body = '[[1, 2, 3]]';
  const allowed = () => `Authorization: Bearer ${endpoint.token}`;
  const post = (lines: string[], { target = '/invocations', host = 'Host: 127.0.0.1', content = body } = {}) =>
    raw([`POST ${target} HTTP/1.1`, host, 'Connection: close', ...lines, '', content].join('\r\n'));
  const length = `Content-Length: ${body.length}`;

  it('is asked in plain words, as a measure for the others', async () => {
    assert.equal(statusOf(await post([allowed(), length])), 200);
  });

  const names = [
    '..',
    '%2e%2e',
    '%252e%252e',
    '..%2f..%2fadmin%2fstop',
    '..%5c..%5chot',
    'hot%00',
    'hot%2f',
    '%ff',
    '%',
    'HOT',
  ];
  for (const name of names)
    it(`do not get elsewhere by the name ${name}`, async () => {
      const text = await post([allowed(), length], { target: `/endpoints/${name}/invocations` });
      assert.ok([400, 404].includes(statusOf(text)), text);
    });

  for (const target of [
    ...['/endpoints/hot/../../invocations', '/./invocations', '//invocations', '/invocations/', '/%69nvocations'],
    ...['/endpoints/hot/%2e%2e/%2e%2e/admin/flush', '/admin/../invocations', '/INVOCATIONS', '/invocations%00'],
  ])
    it(`find nothing at ${target}, which is no path of the service`, async () => {
      assert.equal(statusOf(await post([allowed(), length], { target })), 404);
    });

  const refused: [
    what: string,
    status: number,
    lines: () => string[],
    more?: { target?: string; host?: string; content?: string },
  ][] = [
    [
      'with the URL of another host as their target',
      400,
      () => [allowed(), length],
      { target: 'http://evil.example/invocations' },
    ],
    [
      'with the URL of this host as their target',
      400,
      () => [allowed(), length],
      { target: 'http://127.0.0.1/invocations' },
    ],
    ['with a target that is no path', 400, () => [allowed(), length], { target: '*' }],
    ['to another host', 403, () => [allowed(), length], { host: 'Host: evil.example' }],
    [
      'to a host that only begins like this one',
      403,
      () => [allowed(), length],
      { host: 'Host: 127.0.0.1.evil.example' },
    ],
    ['to two hosts', 400, () => [allowed(), length], { host: 'Host: 127.0.0.1\r\nHost: evil.example' }],
    ['to no host', 400, () => [allowed(), length], { host: 'X-No: host' }],
    ['with two authorizations', 400, () => ['Authorization: Bearer x', allowed(), length]],
    ['with two lengths', 400, () => [allowed(), length, 'Content-Length: 3']],
    ['with the same length twice', 400, () => [allowed(), length, length]],
    ['with a length and chunks', 400, () => [allowed(), length, 'Transfer-Encoding: chunked']],
    ['with a length in hexadecimal', 400, () => [allowed(), 'Content-Length: 0x0b']],
    ['with a length of more than any number', 400, () => [allowed(), `Content-Length: 1${'0'.repeat(30)}`]],
    ['in another coding than chunks', 400, () => [allowed(), 'Transfer-Encoding: gzip']],
    ['in chunks that are not the last coding', 400, () => [allowed(), 'Transfer-Encoding: chunked, gzip']],
    ['in chunks twice', 400, () => [allowed(), 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity']],
    [
      'in chunks whose size is no number',
      400,
      () => [allowed(), 'Transfer-Encoding: chunked'],
      { content: 'xyz\r\n[[1]]\r\n0\r\n\r\n' },
    ],
    [
      'in chunks whose size is a lie',
      400,
      () => [allowed(), 'Transfer-Encoding: chunked'],
      { content: `3\r\n${body}\r\n0\r\n\r\n` },
    ],
    [
      'in chunks of a size beyond any number',
      400,
      () => [allowed(), 'Transfer-Encoding: chunked'],
      { content: `${'f'.repeat(40)}\r\n${body}` },
    ],
    ['to speak WebSocket', 400, () => [allowed(), length, 'Connection: Upgrade', 'Upgrade: websocket']],
    [
      'with a hundred headers and more',
      431,
      () => [allowed(), length, ...Array.from({ length: 120 }, (_, at) => `X-${at}: 1`)],
    ],
    ['with thousands of short headers', 431, () => [allowed(), length, ...Array.from({ length: 3_000 }, () => 'a:')]],
    ['with a header in which a line ends', 400, () => [allowed(), length, 'X-Bare: a\rX-More: b']],
    ['with a blank before the colon', 400, () => [`Authorization : Bearer ${endpoint.token}`, length]],
    ['with a token and something behind it', 401, () => [`${allowed()}x`, length]],
    ['with the token in other letters', 401, () => [allowed().toUpperCase(), length]],
    ['with half of the token', 401, () => [allowed().slice(0, -5), length]],
    ['with an empty token', 401, () => ['Authorization: Bearer ', length]],
    ['with the token by another scheme', 401, () => [`Authorization: Basic ${endpoint.token}`, length]],
  ];
  for (const [what, status, lines, more] of refused)
    it(`are refused ${what}`, async () => {
      const text = await post(lines(), more);
      assert.equal(statusOf(text), status, text);
      assert.equal(text.includes('probabilities'), false);
    });

  it('are told once in the log, and how often, not each time', async () => {
    for (let count = 0; count < 30; count += 1) await post([`Authorization: Bearer no`, length]);
    const lines = (await endpoint.place.endpoints.logs('hot')).filter((line) =>
      line.includes('401 at POST /invocations'),
    );
    assert.equal(lines.length, 1, lines.join('\n'));
  });

  it('go on in HTTP/1.1 when their client would rather speak HTTP/2', async () => {
    const text = await post([
      allowed(),
      length,
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABk',
    ]);
    assert.equal(statusOf(text), 200);
  });

  it('get no tunnel', async () => {
    assert.equal(statusOf(await raw('CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')), 400);
  });

  it('are answered in their order when many requests come without waiting, a bad one ending them', async () => {
    const one = (rows: string) =>
      `POST /invocations HTTP/1.1\r\nHost: 127.0.0.1\r\n${allowed()}\r\nContent-Type: text/csv\r\nContent-Length: ${rows.length}\r\n\r\n${rows}`;
    const many = Array.from({ length: 300 }, (_, at) => one(at % 2 === 0 ? '1,2,3' : '1,2')).join('');
    const text = await raw(`${many}POST /invocations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n`);
    const statuses = [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    const expected = Array.from({ length: 300 }, (_, at) => (at % 2 === 0 ? '200' : '400'));
    assert.deepEqual(statuses.slice(0, 300), expected.slice(0, statuses.length));
  });

  it('cannot put a second answer into one that is under way', async () => {
    const text = await raw(
      `POST /invocations HTTP/1.1\r\nHost: 127.0.0.1\r\n${allowed()}\r\n${length}\r\n\r\n${body}GARBAGE\r\n\r\n`,
    );
    assert.ok(statusOf(text) === 200 || text === '' || statusOf(text) === 400, text);
    assert.ok([...text.matchAll(/HTTP\/1\.1 /g)].length <= 2);
  });

  it('do not keep others out when hundreds of them say nothing', async () => {
    const port = Number(new URL(endpoint.url).port);
    const sockets = Array.from({ length: 500 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    const longest = await endpoint.longestPing(async () => {
      for (let count = 0; count < 20; count += 1)
        assert.equal((await endpoint.post(body, 'application/json')).status, 200);
    });
    sockets.forEach((socket) => socket.destroy());
    assert.ok(longest < 1_000, `/ping took ${longest} ms`);
  });

  describe('by a signature', () => {
    const signed = async (
      path: string,
      change: (headers: Record<string, string>) => Record<string, string>,
      sent = body,
    ) => {
      const ini = readFileSync((await endpoint.place.endpoints.describe('hot'))!.credentialsFile!, 'utf8');
      const value = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(ini)![1]!;
      const credentials = { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') };
      const headers = change(await signedHeaders(endpoint.url + path, sent, credentials));
      const response = await fetch(endpoint.url + path, { method: 'POST', body, headers });
      return response.status;
    };

    it('are answered where it fits', async () => {
      assert.equal(await signed('/endpoints/hot/invocations', (headers) => headers), 200);
    });
    it('are refused with that of another body, path, or none', async () => {
      assert.equal(await signed('/endpoints/hot/invocations', (headers) => headers, '[[9, 9, 9]]'), 403);
      const authorization = (text: string) => ({ authorization: text });
      for (const text of ['AWS4-HMAC-SHA256 Credential=x', 'AWS4-HMAC-SHA256 Credential=/, SignedHeaders=, Signature='])
        assert.equal(await signed('/invocations', (headers) => ({ ...headers, ...authorization(text) })), 403);
      const none = (headers: Record<string, string>) =>
        Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
      assert.equal(await signed('/invocations', none), 401);
    });
  });
});
