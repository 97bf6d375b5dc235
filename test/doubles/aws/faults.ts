import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsRequest } from './request.js';

/** What goes wrong with the next calls whose operation matches. */
export interface Fault {
  operation: RegExp;
  /** How many calls; default: all until the faults are cleared. */
  times?: number;
  how:
    | { kind: 'status'; status: number; code: string; headers?: Record<string, string>; fields?: string }
    /** The connection ends before an answer. */
    | { kind: 'cut' }
    /** The answer comes this much later. */
    | { kind: 'slow'; ms: number };
  /** Only calls that are signed so: a part of the authorisation. */
  signed?: string;
  /** Not calls with these headers. */
  unless?: Record<string, string>;
  /** Called with each call that is met. */
  onMeet?: () => void;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Whether the call was ended by a fault. */
  meets(operation: string, request: AwsRequest, response: ServerResponse): Promise<boolean>;
}

export function makeFaults(): Faults {
  let all: (Fault & { left: number })[] = [];
  return {
    add: (fault) => void all.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    clear: () => void (all = []),
    async meets(operation, request, response) {
      const authorisation = String(request.headers.authorization ?? '');
      const fault = all.find(
        (one) =>
          one.left > 0 &&
          one.operation.test(operation) &&
          authorisation.includes(one.signed ?? '') &&
          !Object.entries(one.unless ?? { '': '-' }).every(([name, value]) => request.headers[name] === value),
      );
      if (fault === undefined) return false;
      fault.left -= 1;
      fault.onMeet?.();
      if (fault.how.kind === 'cut') {
        response.destroy();
        return true;
      }
      if (fault.how.kind === 'slow') {
        await sleep(fault.how.ms);
        return false;
      }
      refuse(response, request, fault.how);
      return true;
    },
  };
}

/** S3 says it in XML, the services with targets in JSON. */
function refuse(
  response: ServerResponse,
  { headers, method }: AwsRequest,
  { status, code, headers: more, fields = '' }: Extract<Fault['how'], { kind: 'status' }>,
): void {
  if (headers['x-amz-target'] === undefined) {
    const xml = `<Error><Code>${code}</Code><Message>${code}</Message>${fields}</Error>`;
    response.writeHead(status, { 'content-type': 'application/xml', ...more }).end(method === 'HEAD' ? '' : xml);
  } else {
    const type = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code };
    response.writeHead(status, { ...type, ...more }).end(JSON.stringify({ __type: code, message: code }));
  }
}
