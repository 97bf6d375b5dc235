import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the project of these tests lies. */
export const places = {
  account: '123456789012',
  otherAccount: '210987654321',
  region: 'us-east-1',
  bucket: 'acme-hdd',
  role: 'arn:aws:iam::123456789012:role/mlops',
  image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/mlops:1',
};

/** Profiles of the shared files, each with what it is for. */
export const profiles = {
  /** Keys, in the account of the project. */
  prod: 'prod',
  /** A role in another account, taken on without asking. */
  other: 'other',
  /** The same with a code of an MFA device. */
  mfa: 'with-mfa',
};
export const mfaDevice = 'arn:aws:iam::123456789012:mfa/ana';

/** @param session of temporary credentials */
export function keysOf(profile: string, key: string, session?: string): string {
  const token = session === undefined ? '' : `aws_session_token = ${session}\n`;
  return `[${profile}]\naws_access_key_id = ${key}\naws_secret_access_key = secret\n${token}`;
}

/** Writes `~/.aws/config` and `~/.aws/credentials` as a person has them. */
export function writeSharedFiles(home: string): void {
  const role = `role_arn = arn:aws:iam::${places.otherAccount}:role/reader\nsource_profile = ${profiles.prod}\n`;
  const config = [
    `[profile ${profiles.other}]\n${role}`,
    `[profile ${profiles.mfa}]\n${role}mfa_serial = ${mfaDevice}\n`,
  ];
  writeFileSync(join(home, '.aws', 'config'), config.join('\n'));
  writeFileSync(join(home, '.aws', 'credentials'), keysOf(profiles.prod, 'AKIAPROD'));
}
