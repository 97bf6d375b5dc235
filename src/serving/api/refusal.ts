import { json, type Answer } from '../http/route.js';
import { RequestError } from '../request-error.js';

/** One thing that is wrong with a request, in the words that FastAPI's users know. */
export interface Fault {
  /** Where it stands: `["body", "features", "age"]`. */
  loc: (string | number)[];
  msg: string;
  type: string;
}

/** So many faults are named; who sent them mends the cause, not each. */
const mostNamed = 100;

/** A request that is not answered: what its caller is told instead, word for word. */
export class Refusal extends RequestError {
  constructor(
    status: RequestError['status'],
    readonly body: Readonly<Record<string, unknown>>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(status, [body.detail, body.error].find((text) => typeof text === 'string') ?? 'its fields are wrong');
  }

  answer(): Answer {
    return json(this.body, this.status, this.headers);
  }
}

/** @throws Refusal (422) with every fault, where there are any */
export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const more = faults.length - mostNamed;
  throw new Refusal(422, { detail: faults.slice(0, mostNamed), ...(more > 0 && { more }) });
}

/** `{"detail": "…", "timestamp": "…"}`. */
export function refusal(
  status: RequestError['status'],
  detail: string,
  at: Date,
  headers?: Record<string, string>,
): Refusal {
  return new Refusal(status, { detail, timestamp: at.toISOString() }, headers);
}
