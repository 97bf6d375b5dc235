import { InputError } from '../../common/errors.js';

const longestKey = 1024;
const unfit = /[:\\\u0000-\u001f]/;

/**
 * A key is a relative path with `/`: no colon, no backslash, no `.` or `..`, no empty part.
 * So it is the same on every file system and in S3, and cannot lead out of its bucket.
 * @throws InputError naming the key and what is wrong with it
 */
export function checkKey(key: string): void {
  if (key.endsWith('/')) throw wrong(key, 'an object cannot end in "/"');
  checkPrefix(key);
  if (key === '') throw wrong(key, 'it is empty');
}

/** Like `checkKey`, for the beginning of keys: may be empty, and may end in `/` or within a name. */
export function checkPrefix(prefix: string): void {
  if (prefix === '') return;
  if (Buffer.byteLength(prefix) > longestKey) throw wrong(prefix, `it is longer than ${longestKey} bytes`);
  const found = unfit.exec(prefix);
  if (found) throw wrong(prefix, `it contains ${JSON.stringify(found[0])}`);
  const parts = (prefix.endsWith('/') ? prefix.slice(0, -1) : prefix).split('/');
  if (parts.includes('..') || parts.includes('.')) throw wrong(prefix, 'it contains a part "." or ".."');
  if (parts.includes('')) throw wrong(prefix, 'it has an empty part; keys are relative and have single "/"');
}

/** The name of a bucket, group, endpoint: one harmless part of a path. @throws InputError */
export function checkName(what: string, name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(name)) return;
  throw new InputError(
    `${what} ${JSON.stringify(name)}: expected letters, digits, ".", "-" and "_" only, beginning with a letter or digit`,
  );
}

function wrong(key: string, why: string): InputError {
  return new InputError(`${JSON.stringify(key.slice(0, 200))} is not a key: ${why}`);
}

/** Compares as S3 does: by UTF-8 bytes. (JavaScript's own order differs beyond the basic plane.) */
export function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
