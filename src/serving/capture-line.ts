import { randomUUID } from 'node:crypto';
import { mediaType } from './input/decode.js';

/** A request that was answered, as the endpoint saw it. */
export interface Exchange {
  /** Of one request and all variants that answered it. */
  eventId?: string;
  at: Date;
  variant: string;
  input: { contentType: string; body: Uint8Array };
  output: { contentType: string; body: string };
  inferenceId?: string;
  customAttributes?: string;
}

/**
 * One exchange as a line. The record's shape: SageMaker Developer Guide, "Capture data from real-time endpoint". Written
 * piece by piece: it is done for every request, and only what came from outside needs to be quoted.
 */
export function lineOf({ eventId, at, input, output, inferenceId, customAttributes }: Exchange): string {
  const id = inferenceId === undefined ? '' : `,"inferenceId":${JSON.stringify(inferenceId)}`;
  const attributes = customAttributes === undefined ? '' : `,"customAttributes":[${JSON.stringify(customAttributes)}]`;
  return (
    `{"captureData":{"endpointInput":${side('INPUT', input)},"endpointOutput":${side('OUTPUT', output)}},` +
    `"eventMetadata":{"eventId":"${eventId ?? randomUUID()}"${id}${attributes},"inferenceTime":"${secondOf(at)}"},` +
    `"eventVersion":"0"}\n`
  );
}

let [second, secondText] = [NaN, ''];

/** A moment to the second; of one second it is made once. */
function secondOf(at: Date): string {
  const found = Math.floor(at.getTime() / 1000);
  if (found !== second) [second, secondText] = [found, `${at.toISOString().slice(0, 19)}Z`];
  return secondText;
}

const encodings: Partial<Record<string, 'CSV' | 'JSON'>> = { 'text/csv': 'CSV', 'application/json': 'JSON' };

function side(
  mode: 'INPUT' | 'OUTPUT',
  { contentType, body }: { contentType: string; body: Uint8Array | string },
): string {
  const encoding = encodings[mediaType(contentType)] ?? 'BASE64';
  const data =
    typeof body === 'string' && encoding !== 'BASE64'
      ? body
      : bytesOf(body).toString(encoding === 'BASE64' ? 'base64' : 'utf8');
  return `{"observedContentType":${JSON.stringify(contentType)},"mode":"${mode}","data":${JSON.stringify(data)},"encoding":"${encoding}"}`;
}

function bytesOf(body: Uint8Array | string): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
