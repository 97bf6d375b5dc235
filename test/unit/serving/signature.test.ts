import assert from 'node:assert/strict';
import type { ReceivedRequest } from '../../../src/serving/request.js';
import { checkSignature } from '../../../src/serving/signature.js';
import { signedHeaders } from '../../support/sign.js';

const credentials = { accessKeyId: 'MLOPS0123456789ABCDEF', secretAccessKey: 'a secret' };
const now = new Date('2026-11-21T09:31:05Z');

async function signed(path: string, body: string, secret = credentials): Promise<ReceivedRequest> {
  const url = `http://127.0.0.1:5001${path}`;
  return askedOf(new URL(url), await signedHeaders(url, body, secret, now), body);
}

function askedOf(url: URL, headers: Record<string, string>, body: string): ReceivedRequest {
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
