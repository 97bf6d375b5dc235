import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the project of these tests lies. */
export const places = {
  account: '123456789012',
  region: 'us-east-1',
  otherRegion: 'eu-west-1',
  bucket: 'acme-hdd',
  role: 'arn:aws:iam::123456789012:role/mlops',
  image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/mlops:1',
};

/** Profiles of the shared files, each with what it is for. */
export const profiles = {
  /** Keys, in the project's own region. */
  prod: 'prod',
  /** Keys in another region, where other things are. */
  other: 'other',
  /** A role that is taken on with a code of an MFA device. */
  mfa: 'with-mfa',
};
export const mfaDevice = 'arn:aws:iam::123456789012:mfa/ana';

/** `key`: of the profile prod. */
export function writeCredentials(home: string, key: string): void {
  const keys = (name: string, id: string) => `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = secret\n`;
  const text = [keys(profiles.prod, key), keys(profiles.other, 'AKIAOTHER')].join('\n');
  writeFileSync(join(home, '.aws', 'credentials'), text);
}

/** Writes `~/.aws/config` and `~/.aws/credentials` as a person has them. */
export function writeSharedFiles(home: string): void {
  const role = `role_arn = ${places.role}\nsource_profile = ${profiles.prod}\nmfa_serial = ${mfaDevice}\n`;
  const config = [
    `[profile ${profiles.prod}]\nregion = ${places.region}\n`,
    `[profile ${profiles.other}]\nregion = ${places.otherRegion}\n`,
    `[profile ${profiles.mfa}]\nregion = ${places.region}\n${role}`,
  ];
  writeFileSync(join(home, '.aws', 'config'), config.join('\n'));
  writeCredentials(home, 'AKIAPROD');
}
