import { parseS3Address } from '../../../common/s3-address.js';

/** The key when the URI lies in the environment's own bucket; else the URI itself, which also says where. */
export function keyOrUri(uri: string, ownBucket: string): string {
  const at = parseS3Address(uri);
  return at?.bucket === ownBucket ? at.key : uri;
}

/** The folder that an object lies in, with its `/`. */
export function folderOf(keyOrUri: string): string {
  return keyOrUri.slice(0, keyOrUri.lastIndexOf('/') + 1);
}
