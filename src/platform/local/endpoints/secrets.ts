import { randomBytes } from 'node:crypto';
import { BrokenError } from '../../../common/errors.js';
import { isThere, readIfThere, writeAtomic } from '../../../common/files.js';
import type { EndpointFolder } from './folder.js';

export interface EndpointSecrets {
  token: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

const onlyOwner = 0o600;

/** Makes the secrets of a new endpoint; those of an old one stay, for its clients know them. */
export async function ensureSecrets({ token, credentials, temporary }: EndpointFolder): Promise<void> {
  const options = { temporary, mode: onlyOwner, ifAbsent: true };
  if (!(await isThere(token))) await writeAtomic(token, randomBytes(32).toString('base64url') + '\n', options);
  if (await isThere(credentials)) return;
  const id = `MLOPS${randomBytes(8).toString('hex').toUpperCase()}`;
  const secret = randomBytes(30).toString('base64url');
  const lines = [
    '[default]',
    `aws_access_key_id = ${id}`,
    `aws_secret_access_key = ${secret}`,
    'region = us-east-1',
    '',
  ];
  await writeAtomic(credentials, lines.join('\n'), options);
}

/** @throws BrokenError naming the file that is missing */
export async function readSecrets(folder: EndpointFolder): Promise<EndpointSecrets> {
  const ini = await readText(folder.credentials);
  const value = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(ini)?.[1] ?? '';
  return {
    token: (await readText(folder.token)).trim(),
    credentials: { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') },
  };
}

export async function readToken(folder: EndpointFolder): Promise<string> {
  return (await readText(folder.token)).trim();
}

async function readText(path: string): Promise<string> {
  const bytes = await readIfThere(path);
  if (bytes !== undefined && bytes.length > 0) return bytes.toString('utf8');
  throw new BrokenError(`${path} is missing: deploy the endpoint again`);
}
