import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** S3 as far as a bucket of very many keys and a very large upload need it; it keeps hashes, and no bytes. */
export interface LargeS3 {
  url: string;
  /** SHA-256 of each object that was put together, by key. */
  objects: Map<string, string>;
  /** Parts as they arrived, once for each time. */
  parts: number[];
  aborted: string[];
  /** Cuts the connection in the middle of the next part whose number this is. */
  cutPart(number: number, onCut?: () => void): void;
  stop(): Promise<void>;
}

/** `keys` objects `k/0000000`, `k/0000001`, …, in every bucket. */
export async function startLargeS3({ keys = 0 } = {}): Promise<LargeS3> {
  const objects = new Map<string, string>();
  const uploads = new Map<string, Map<number, Buffer[]>>();
  const cuts: { number: number; onCut?: () => void }[] = [];
  const parts: number[] = [];
  const aborted: string[] = [];

  const takePart = async (incoming: IncomingMessage, response: ServerResponse, id: string, number: number) => {
    const cut = cuts.findIndex((one) => one.number === number);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      if (cut >= 0) {
        cuts.splice(cut, 1)[0]?.onCut?.();
        incoming.socket.destroy();
        return;
      }
      chunks.push(chunk as Buffer);
    }
    parts.push(number);
    uploads.get(id)?.set(number, chunks);
    response.writeHead(200, { etag: `"${number}"` }).end();
  };
  const complete = (id: string, key: string, response: ServerResponse) => {
    const whole = createHash('sha256');
    const sent = [...(uploads.get(id) ?? [])].sort(([left], [right]) => left - right);
    for (const [, chunks] of sent) for (const chunk of chunks) whole.update(chunk);
    uploads.delete(id);
    objects.set(key, whole.digest('hex'));
    const xml = '<CompleteMultipartUploadResult><ETag>"done"</ETag></CompleteMultipartUploadResult>';
    response.writeHead(200, { 'content-type': 'application/xml' }).end(xml);
  };
  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams: query } = new URL(incoming.url ?? '/', 'http://localhost');
    const key = decodeURIComponent(pathname.split('/').slice(2).join('/'));
    const id = query.get('uploadId') ?? '';
    if (query.has('uploads')) {
      uploads.set('u1', new Map());
      incoming.resume();
      const xml = '<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>';
      response.writeHead(200, { 'content-type': 'application/xml' }).end(xml);
    } else if (incoming.method === 'PUT') await takePart(incoming, response, id, Number(query.get('partNumber')));
    else if (incoming.method === 'POST' && id === '') identity(incoming, response);
    else if (incoming.method === 'POST')
      complete(
        id,
        key,
        response.on('finish', () => incoming.resume()),
      );
    else if (incoming.method === 'DELETE') {
      aborted.push(id);
      uploads.delete(id);
      response.writeHead(204).end();
    } else if (incoming.method === 'HEAD') response.writeHead(objects.has(key) ? 200 : 404).end();
    else listPage(query, keys, response);
  };

  const server = createServer((incoming, response) => void handle(incoming, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    parts,
    aborted,
    cutPart: (number, onCut) => void cuts.push({ number, onCut }),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function identity(incoming: IncomingMessage, response: ServerResponse): void {
  incoming.resume();
  const result = '<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/test</Arn><UserId>u</UserId>';
  const xml = `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
  response.writeHead(200, { 'content-type': 'text/xml' }).end(xml);
}

function listPage(query: URLSearchParams, keys: number, response: ServerResponse): void {
  const [first, last] = rangeOf(query.get('prefix') ?? '', keys);
  const from = Number(query.get('continuation-token') ?? first);
  const to = Math.min(last, from + Number(query.get('max-keys') ?? 1000));
  const entries: string[] = [];
  for (let index = from; index < to; index += 1) {
    const key = `k/${String(index).padStart(7, '0')}`;
    const rest = '<LastModified>2026-11-21T09:00:00.000Z</LastModified><ETag>"e"</ETag><Size>1</Size>';
    entries.push(`<Contents><Key>${key}</Key>${rest}</Contents>`);
  }
  const next = to < last ? `<NextContinuationToken>${to}</NextContinuationToken>` : '';
  const xml = `<ListBucketResult><IsTruncated>${to < last}</IsTruncated>${next}${entries.join('')}</ListBucketResult>`;
  response.writeHead(200, { 'content-type': 'application/xml' }).end(xml);
}

/** Which of the keys begin with a prefix: from the first to before the last. */
function rangeOf(prefix: string, keys: number): [number, number] {
  const digits = /^(?:k?|k\/(\d*))$/.exec(prefix);
  if (digits === null) return [0, 0];
  const [low, high] = ['0', '9'].map((digit) => Number((digits[1] ?? '').padEnd(7, digit)));
  return [Math.min(keys, low!), Math.min(keys, high! + 1)];
}
