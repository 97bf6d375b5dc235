import { SignatureV4 } from '@smithy/signature-v4';
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import type { Asked } from '../../../src/serving/asked.js';
import { checkSignature } from '../../../src/serving/signature.js';

const credentials = { accessKeyId: 'MLOPS0123456789ABCDEF', secretAccessKey: 'a secret' };
const now = new Date('2026-11-21T09:31:05Z');

/** What AWS's own signer needs of a hash: sha256, or HMAC with a secret. */
class Sha256 {
  private readonly hash;
  constructor(secret?: Parameters<typeof createHmac>[1]) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
  reset(): void {
    // The signer makes a new one each time.
  }
}

async function signed(path: string, body: string, secret = credentials): Promise<Asked> {
  const signer = new SignatureV4({
    ...{ service: 'sagemaker', region: 'us-east-1', credentials: secret, sha256: Sha256 as never },
  });
  const url = new URL(`http://127.0.0.1:5001${path}`);
  const request = await signer.sign(
    {
      ...{ method: 'POST', protocol: 'http:', hostname: url.hostname, port: 5001, path: url.pathname, body },
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host, 'content-type': 'application/json' },
    },
    { signingDate: now },
  );
  return askedOf(url, request.headers, body);
}

function askedOf(url: URL, headers: Record<string, string>, body: string): Asked {
  return { method: 'POST', url, headers: new Headers(headers), body: () => Promise.resolve(Buffer.from(body)) };
}

describe('AWS signatures', () => {
  for (const path of ['/endpoints/hot/invocations', '/endpoints/a%20b/invocations', '/invocations?a=1%2F2&a-b=2'])
    it(`accepts what AWS's own signer signs: ${path}`, async () => {
      await checkSignature(await signed(path, '[[1,2,3]]'), credentials, now);
    });

  it('refuses another secret', async () => {
    const asked = await signed('/invocations', '[1]', { ...credentials, secretAccessKey: 'another' });
    await assert.rejects(checkSignature(asked, credentials, now), { status: 403, message: /does not fit/ });
  });

  it('refuses another access key', async () => {
    const asked = await signed('/invocations', '[1]', { ...credentials, accessKeyId: 'AKIAOTHER' });
    await assert.rejects(checkSignature(asked, credentials, now), { status: 403, message: /access key/ });
  });

  it('refuses another body than the signed one', async () => {
    const asked = await signed('/invocations', '[1]');
    const changed = { ...asked, body: () => Promise.resolve(Buffer.from('[2]')) };
    await assert.rejects(checkSignature(changed, credentials, now), { status: 403 });
  });

  it('refuses another path than the signed one', async () => {
    const asked = await signed('/invocations', '[1]');
    const changed = { ...asked, url: new URL('http://127.0.0.1:5001/admin/stop') };
    await assert.rejects(checkSignature(changed, credentials, now), { status: 403 });
  });

  it('refuses a signature of another moment', async () => {
    const later = new Date(now.getTime() + 16 * 60_000);
    await assert.rejects(checkSignature(await signed('/invocations', '[1]'), credentials, later), /moment/);
  });

  it('refuses half a header', async () => {
    const asked = askedOf(new URL('http://127.0.0.1/'), { authorization: 'AWS4-HMAC-SHA256 Credential=x' }, '');
    await assert.rejects(checkSignature(asked, credentials, now), { status: 403, message: /no complete/ });
  });
});
