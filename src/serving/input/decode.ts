import type { BundleInput } from '../../models/bundle/bundle.js';
import { badRequest, RequestError } from '../request-error.js';
import { decodeCsv } from './csv.js';
import { decodeJson, decodeJsonLines } from './json.js';
import { decodeNpy } from './npy.js';
import type { Decoded } from './rows.js';

/** `application/json; charset=utf-8` -> `application/json`. Nothing said is JSON. */
export function mediaType(contentType: string | undefined): string {
  if (contentType === undefined || contentType === 'application/json') return 'application/json';
  return contentType.split(';')[0]!.trim().toLowerCase();
}

/** The names under which lines of JSON go. */
export const jsonLines = new Set(['application/jsonlines', 'application/x-jsonlines', 'application/x-ndjson']);

/** Reads a request's body by its content type. @throws RequestError (415) naming a type that is not supported */
export function decode(contentType: string | undefined, body: Uint8Array, inputs: BundleInput[]): Decoded {
  const type = mediaType(contentType);
  if (type === 'application/json') return decodeJson(textOf(body), inputs);
  if (jsonLines.has(type)) return decodeJsonLines(textOf(body), inputs);
  if (type === 'text/csv') return { form: 'rows', rows: decodeCsv(textOf(body), inputs) };
  if (type === 'application/x-npy') return { form: 'rows', rows: decodeNpy(body, inputs) };
  throw new RequestError(
    415,
    `Unsupported content type: ${type}; expected application/json, application/jsonlines, text/csv or application/x-npy`,
  );
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws RequestError (400) for bytes that are no text in UTF-8 */
export function textOf(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw badRequest('found bytes that are no text in UTF-8');
  }
}
