import { connect, type Socket } from 'node:net';

/** What came of requests that were sent as fast, or as often, as was asked for. */
export interface Load {
  /** Answers by status; 0 for a connection that broke. */
  statuses: Map<number, number>;
  /** From sending (or from when it was due) to the whole answer, in milliseconds, in the order of answers. */
  latencies: number[];
  seconds: number;
}

interface Connection {
  ask(request: Buffer): Promise<number>;
  close(): void;
}

/** A request as bytes, made once: the client costs the server's neighbour as little as can be. */
export function requestBytes(
  url: string,
  path: string,
  headers: Record<string, string>,
  body: string | Buffer,
): Buffer {
  const { host } = new URL(url);
  const bytes = Buffer.from(body);
  const lines = Object.entries({ host, 'content-length': String(bytes.length), ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n`), bytes]);
}

/** As many connections as said, each asking again when it was answered, until the time is over. */
export async function closedLoop(
  url: string,
  request: (count: number) => Buffer,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Load> {
  const load: Load = { statuses: new Map(), latencies: [], seconds };
  const end = performance.now() + seconds * 1000;
  let count = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      let connection = await open(url);
      while (performance.now() < end) {
        const began = performance.now();
        const status = await connection.ask(request(count++));
        noted(load, status, performance.now() - began);
        if (status === 0) connection = await open(url);
      }
      connection.close();
    }),
  );
  return load;
}

/** So many requests a second whatever comes back, each measured from when it was due. */
export async function openLoop(
  url: string,
  request: (count: number) => Buffer,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Load> {
  const load: Load = { statuses: new Map(), latencies: [], seconds };
  const idle: Connection[] = [];
  const began = performance.now();
  const asked: Promise<void>[] = [];
  for (let count = 0; count < rate * seconds; count += 1) {
    const due = began + (count * 1000) / rate;
    const early = due - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    asked.push(
      (async () => {
        const connection = idle.pop() ?? (await open(url));
        const status = await connection.ask(request(count));
        noted(load, status, performance.now() - due);
        if (status !== 0) idle.push(connection);
      })(),
    );
  }
  await Promise.all(asked);
  for (const connection of idle) connection.close();
  return load;
}

function noted({ statuses, latencies }: Load, status: number, ms: number): void {
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  latencies.push(ms);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

async function open(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return connectionOf(socket);
}

function connectionOf(socket: Socket): Connection {
  let answered: ((status: number) => void) | undefined;
  let text = '';
  let gone = false;
  const settle = (status: number) => {
    text = '';
    const tell = answered;
    answered = undefined;
    tell?.(status);
  };
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
    if (text.length - end - 4 < length) return;
    settle(Number(text.slice(9, 12)));
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    gone = true;
    settle(0);
  });
  return {
    ask: (request) =>
      new Promise((resolve) => {
        if (gone) return resolve(0);
        answered = resolve;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
