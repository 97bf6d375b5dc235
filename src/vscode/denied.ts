/** The right that a message says is missing: `s3:ListBucket`. */
export function neededAction(message: string): string | undefined {
  return /needs the IAM action ([a-z0-9-]+:\w+)/.exec(message)?.[1];
}
