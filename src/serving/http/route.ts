import type { Soon } from '../soon.js';

/** Who asks, where a route tells callers apart. */
export interface Caller {
  name: string;
  role?: string;
}

/** What is known of a request before its body is read. */
export interface Asked {
  method: string;
  /** As it was sent, without the query. */
  path: string;
  /** The parts of the path that the route names, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** By names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  at: Date;
  /** The other end of its connection. */
  address: string;
  /** When it came, as `performance.now()` says it. */
  began: number;
  /** Set when a model is asked; a refusal tells it too. */
  outcome?: Outcome;
}

/** Which variant answered, and how long that took in microseconds. */
export interface Outcome {
  variant: string;
  modelLatency: number | undefined;
}

export interface Request extends Asked {
  body: Uint8Array;
  caller?: Caller;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string | Uint8Array;
}

/** One thing that the service answers. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** `/endpoints/:name/invocations`: a part that begins with `:` is whatever stands there. */
  path: string;
  /** Largest body in bytes. */
  most: number;
  /** Anybody may ask. */
  open?: boolean;
  /** Tells who asks in place of the service's own token, before the body is read. @throws RequestError 401 or 403 */
  who?(asked: Asked): Soon<Caller>;
  answer(request: Request): Soon<Answer>;
  /** How a request is refused here, also one that `answer` never saw. Absent: `{"error": …}`. */
  refuse?(error: unknown, asked: Asked): Answer;
}

/** A value as JSON. */
export function json(body: unknown, status = 200, headers?: Record<string, string>): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
