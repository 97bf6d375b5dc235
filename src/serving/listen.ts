import { serve } from '@hono/node-server';
import type { Server } from 'node:http';
import { serviceApp } from './app.js';
import type { Service } from './service.js';

const drainMs = 5_000;

/** How long is waited for a request's head and for all of it, and how often that is looked at, in milliseconds. */
export interface Patience {
  headersTimeout: number;
  requestTimeout: number;
  connectionsCheckingInterval: number;
}

/** A caller that sends slower than this keeps no connection. */
const usualPatience: Patience = { headersTimeout: 5_000, requestTimeout: 60_000, connectionsCheckingInterval: 1_000 };

/** A free port of the loopback. */
const ownMachine = { hostname: '127.0.0.1', port: 0 };

/** Listens, where nothing else is said on a free port of the loopback. */
export function listen(
  service: Service,
  at: { hostname: string; port: number } = ownMachine,
  patience: Patience = usualPatience,
): Promise<Server> {
  const { fetch } = serviceApp(service);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, ...at, serverOptions: patience }, () => resolve(server)) as Server;
    server.once('error', reject);
  });
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
