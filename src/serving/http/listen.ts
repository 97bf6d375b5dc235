import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { codeOf } from '../../common/files.js';
import { routesOfNow } from '../app.js';
import type { Service } from '../service.js';
import { handler } from './handle.js';
import { refusalLog, type Refusals } from './refusals.js';

const drainMs = 5_000;
/** More connections than this at a time are closed as they come. */
const mostConnections = 2_000;

/** How long is waited for a request's head and for all of it, and how often that is looked at, in milliseconds. */
export interface Patience {
  headersTimeout: number;
  requestTimeout: number;
  connectionsCheckingInterval: number;
}

/** A caller that sends slower than this keeps no connection. */
const usualPatience: Patience = { headersTimeout: 5_000, requestTimeout: 60_000, connectionsCheckingInterval: 1_000 };

/**
 * A connection without requests is kept longer than clients and proxies keep theirs (a minute): closed before, it would
 * break under a request that is just being sent.
 */
const keepAliveTimeout = 75_000;

/** A free port of the loopback. */
const ownMachine = { hostname: '127.0.0.1', port: 0 };

/** Listens, where nothing else is said on a free port of the loopback. */
export function listen(
  service: Service,
  { hostname, port }: { hostname: string; port: number } = ownMachine,
  patience: Patience = usualPatience,
): Promise<Server> {
  const refusals = refusalLog((text) => service.log(text));
  const handle = handler(service, routesOfNow(service), refusals);
  const server = createServer({ ...patience, keepAliveTimeout, noDelay: true }, handle);
  // All are seen, so that too many are refused rather than some passed over.
  server.maxHeadersCount = 0;
  server.maxConnections = mostConnections;
  server.on('clientError', (error, socket) => refuseBroken(error, socket as Socket, refusals));
  server.on('connect', (_request, socket) => {
    refusals('400: CONNECT');
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  server.on('drop', () => refusals(`a connection beyond ${mostConnections} at a time`));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => resolve(server));
  });
}

const lines: Partial<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What is no HTTP, or comes too slowly, is answered in one line and loses its connection. */
function refuseBroken(error: Error, socket: Socket, refusals: Refusals): void {
  const code = codeOf(error) ?? '';
  // A caller that left is not refused.
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const line = lines[code] ?? '400 Bad Request';
  refusals(`${line} (${code})`);
  if (isBusy(socket)) return void socket.destroy();
  socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\n\r\n`);
  socket.destroySoon();
}

/** Whether an earlier request on the connection waits for its answer: this one would be read as that. */
function isBusy(socket: Socket): boolean {
  const { _httpMessage: answer } = socket as { _httpMessage?: { headersSent: boolean; req: { complete: boolean } } };
  return answer !== undefined && (answer.headersSent || answer.req.complete);
}

/** Lets requests end that are being answered, for a while. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Connections become idle one by one, as their last requests are answered.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(timer);
}
