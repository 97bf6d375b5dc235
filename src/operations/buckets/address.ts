import { InputError } from '../../common/errors.js';

/** A key of the environment's own bucket, or `s3://bucket/key`. */
export function address(text: string): { bucket: string | undefined; key: string } {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(text);
  return match === null ? { bucket: undefined, key: text } : { bucket: match[1], key: match[2]! };
}

/** Only the environment's own bucket is ever written. @throws InputError for an address in another */
export function ownKey(text: string): string {
  const { bucket, key } = address(text);
  if (bucket !== undefined)
    throw new InputError(`bucket: found "${text}", expected a key of this environment's bucket`);
  return key;
}
