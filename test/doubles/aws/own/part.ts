import type { AwsRequest } from '../request.js';

export type Json = Record<string, unknown>;
export interface Answer {
  status: number;
  body: Json;
}

/** What the double knows of one service beyond moto, by the names of operations. */
export interface Part {
  /** Its own answer; undefined leaves it to moto. */
  answers?: Record<string, (body: Json, request: AwsRequest) => Answer | undefined>;
  /** Told of what moto has answered well. */
  seen?: Record<string, (body: Json) => void>;
  /** What is shown instead of moto's answer. */
  shown?: Record<string, (answer: Json, body: Json) => Json>;
}

export function done(body: Json = {}): Answer {
  return { status: 200, body };
}

export function refusal(type: string, message: string): Answer {
  return { status: 400, body: { __type: type, message } };
}

/** AWS's way of paging: a token, and as many as asked for. */
export function page(field: string, items: unknown[], { NextToken, MaxResults, MaxRecords }: Json): Json {
  const from = Number(NextToken ?? 0);
  const to = from + Number(MaxResults ?? MaxRecords ?? 100);
  return { [field]: items.slice(from, to), ...(to < items.length ? { NextToken: String(to) } : {}) };
}
