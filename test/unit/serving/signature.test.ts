import assert from 'node:assert/strict';
import type { Asked } from '../../../src/serving/http/route.js';
import { checkSignature } from '../../../src/serving/signature.js';
import { signedHeaders } from '../../support/sign.js';

const credentials = { accessKeyId: 'MLOPS0123456789ABCDEF', secretAccessKey: 'a secret' };
const now = new Date('2026-11-21T09:31:05Z');

async function signed(path: string, body: string, secret = credentials): Promise<Signed> {
  const url = `http://127.0.0.1:5001${path}`;
  return askedOf(new URL(url), await signedHeaders(url, body, secret, now), body);
}

type Signed = Asked & { text: string };

function askedOf({ pathname, search }: URL, headers: Record<string, string>, text: string): Signed {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const query = new URLSearchParams(search);
  return {
    method: 'POST',
    path: pathname,
    params: {},
    query,
    headers: lower,
    at: now,
    address: '127.0.0.1',
    began: 0,
    text,
  };
}

const check = (asked: Signed, secret: typeof credentials, at: Date) =>
  checkSignature(asked, () => Promise.resolve(Buffer.from(asked.text)), secret, at);

describe('AWS signatures', () => {
  for (const path of ['/endpoints/hot/invocations', '/endpoints/a%20b/invocations', '/invocations?a=1%2F2&a-b=2'])
    it(`accepts what AWS's own signer signs: ${path}`, async () => {
      await check(await signed(path, '[[1,2,3]]'), credentials, now);
    });

  it('refuses another secret', async () => {
    const asked = await signed('/invocations', '[1]', { ...credentials, secretAccessKey: 'another' });
    await assert.rejects(check(asked, credentials, now), { status: 403, message: /does not fit/ });
  });

  it('refuses another access key', async () => {
    const asked = await signed('/invocations', '[1]', { ...credentials, accessKeyId: 'AKIAOTHER' });
    await assert.rejects(check(asked, credentials, now), { status: 403, message: /access key/ });
  });

  it('refuses another body than the signed one', async () => {
    const asked = await signed('/invocations', '[1]');
    const changed = { ...asked, text: '[2]' };
    await assert.rejects(check(changed, credentials, now), { status: 403 });
  });

  it('refuses another path than the signed one', async () => {
    const asked = await signed('/invocations', '[1]');
    const changed = { ...asked, path: '/admin/stop' };
    await assert.rejects(check(changed, credentials, now), { status: 403 });
  });

  it('refuses a signature of another moment', async () => {
    const later = new Date(now.getTime() + 16 * 60_000);
    await assert.rejects(check(await signed('/invocations', '[1]'), credentials, later), /moment/);
  });

  it('refuses half a header', async () => {
    const asked = askedOf(new URL('http://127.0.0.1/'), { authorization: 'AWS4-HMAC-SHA256 Credential=x' }, '');
    await assert.rejects(check(asked, credentials, now), { status: 403, message: /no complete/ });
  });
});
