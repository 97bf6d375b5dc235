import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, createHmac } from 'node:crypto';

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

/** The headers of a POST as AWS's own clients sign it. */
export async function signedHeaders(
  address: string,
  body: string,
  credentials: { accessKeyId: string; secretAccessKey: string },
  signingDate = new Date(),
): Promise<Record<string, string>> {
  const signer = new SignatureV4({ service: 'sagemaker', region: 'us-east-1', credentials, sha256: Sha256 as never });
  const url = new URL(address);
  const request = await signer.sign(
    {
      ...{
        method: 'POST',
        protocol: 'http:',
        hostname: url.hostname,
        port: Number(url.port),
        path: url.pathname,
        body,
      },
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host, 'content-type': 'application/json' },
    },
    { signingDate },
  );
  return request.headers;
}
