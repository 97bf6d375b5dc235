/** A request to an AWS service, taken apart as far as a double needs it. */
export interface AwsRequest {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** `ListFeatureGroups`, `DescribeAlarms`, `PUT /bucket/key`: what is asked for. */
export function operationOf({ method, path, headers, body }: AwsRequest): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1);
  const query = /(?:^|&)Action=(\w+)/.exec(body.toString('latin1'))?.[1];
  return query ?? `${method} ${path}`;
}

/**
 * Whether a request can change something. Named operations say so by their verb, S3 by the method; asking a model for a
 * prediction changes nothing. Whatever is not known to be harmless counts.
 */
export function isMutating(request: AwsRequest): boolean {
  const operation = operationOf(request);
  if (/^\w+$/.test(operation)) return !/^(List|Describe|Filter|Get|Search|Simulate|Assume)/.test(operation);
  if (/^POST \/endpoints\/[^/]+\/invocations$/.test(operation)) return false;
  return request.method !== 'GET' && request.method !== 'HEAD';
}

/** The body; that of a service without targets may be anything. */
export function jsonBody(request: AwsRequest): Record<string, unknown> {
  if (request.headers['x-amz-target'] === undefined) return {};
  return JSON.parse(request.body.toString('utf8') || '{}') as Record<string, unknown>;
}
