import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './route.js';

/** So long is listened to what still comes of a body that nobody wants, that its sender can read why. */
const lingerMs = 1_000;
/** And so many bytes of it are taken: more than lies in the buffers between two processes. */
const lingerBytes = 16 << 20;

/** Sends an answer. A connection on which half a body waits is of no more use, and closed behind it. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer, isPlaced: boolean): void {
  const { status, headers, body } = answer;
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  const said: Record<string, string | number> = headers ?? {};
  said['content-length'] = length;
  const { origin } = request.headers;
  // A page that may ask is told so.
  if (origin !== undefined && isPlaced) {
    said['access-control-allow-origin'] ??= origin;
    said.vary ??= 'origin';
  }
  if (!request.complete || isClosing(request)) said.connection = 'close';
  response.writeHead(status, said);
  if (request.complete) response.end(body);
  else endLater(request, response, body);
}

/** The service ends: who asks again is to find another connection refused rather than this one broken. */
function isClosing(request: IncomingMessage): boolean {
  const { server } = request.socket as { server?: { listening: boolean } };
  return server?.listening === false;
}

/** Closed at once, what the client still sends would be answered by a reset that takes the answer with it. */
function endLater(request: IncomingMessage, response: ServerResponse, body: Answer['body']): void {
  response.write(body);
  const end = () => response.end();
  const timer = setTimeout(end, lingerMs);
  request.once('close', () => {
    clearTimeout(timer);
    end();
  });
  request.once('end', end);
  let taken = 0;
  request.on('data', (chunk: Buffer) => {
    taken += chunk.length;
    // Who sends on is held up by the network, and has the answer to read.
    if (taken > lingerBytes) request.pause();
  });
  request.resume();
}
