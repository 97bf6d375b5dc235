/** An access point stands where a bucket does: by its ARN, whose last part is its name. */
const address =
  /^s3:\/\/(arn:[\w-]+:s3[\w-]*:[^/]*(?:[:/]outpost[:/][^/:]+)?[:/]accesspoint[/:][^/:]+|[^/]+)(?:\/(.*))?$/s;

/** `s3://bucket/key` or `s3://arn:…:accesspoint/name/key`, taken apart; a key may be empty, and begin with `/`. Undefined for anything else. */
export function parseS3Address(text: string | undefined): { bucket: string; key: string } | undefined {
  const match = address.exec(text ?? '');
  return match === null ? undefined : { bucket: match[1]!, key: match[2] ?? '' };
}
