/** `s3://bucket/key`, taken apart; undefined for anything else. */
export function parseS3Uri(uri: string | undefined): { bucket: string; key: string } | undefined {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri ?? '');
  return match ? { bucket: match[1]!, key: match[2]! } : undefined;
}

/** The key when the URI lies in the environment's own bucket; else the URI itself, which also says where. */
export function keyOrUri(uri: string, ownBucket: string): string {
  const at = parseS3Uri(uri);
  return at?.bucket === ownBucket ? at.key : uri;
}

/** The folder that an object lies in, with its `/`. */
export function folderOf(keyOrUri: string): string {
  return keyOrUri.slice(0, keyOrUri.lastIndexOf('/') + 1);
}
