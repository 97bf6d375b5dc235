// Lets tests in VS Code's extension host ask for what only the browser's side can do. Loopback, one random token.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

/** @param {import('node:http').IncomingMessage} request */
async function body(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}

/**
 * `POST /<action>` with the arguments as a JSON list answers `{ "value": … }` or `{ "error": "…" }`.
 * @param {Record<string, (...args: any[]) => unknown>} actions
 * @returns {Promise<{ env: Record<string, string>, close(): Promise<void> }>} `env`: what a client needs to know
 */
export async function startBridge(actions) {
  const token = randomBytes(24).toString('hex');
  const expected = Buffer.from(`Bearer ${token}`);
  const server = createServer(async (request, response) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end();
      return;
    }
    const name = request.url?.slice(1) ?? '';
    /** @type {{ value?: unknown, error?: string }} */
    let answer;
    try {
      if (!Object.hasOwn(actions, name)) throw new Error(`The bridge has no action "${name}"`);
      answer = { value: (await actions[name](...(await body(request)))) ?? null };
    } catch (error) {
      answer = { error: /** @type {Error} */ (error).message };
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    env: { MLOPS_E2E_BRIDGE: `http://127.0.0.1:${port}`, MLOPS_E2E_TOKEN: token },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed(undefined));
        server.closeAllConnections();
      }),
  };
}
