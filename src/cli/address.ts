/** A key of the environment's own bucket, or `s3://bucket/key`. */
export function address(text: string): { bucket: string | undefined; key: string } {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(text);
  return match === null ? { bucket: undefined, key: text } : { bucket: match[1], key: match[2]! };
}
