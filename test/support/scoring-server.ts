import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A row as somebody's endpoint takes it. */
export interface AskedRow {
  usage: number | null;
  plan: string;
}

/** The chance to leave: little use and the plan "basic" make it likely. */
export const chanceOf = ({ usage, plan }: AskedRow): number =>
  1 / (1 + Math.exp((usage ?? 5) - 5 + (plan === 'basic' ? -1 : 1)));

/**
 * Somebody's endpoint on the loopback: MLflow's scoring server (`/mlflow`), a model in a SageMaker container (`/invocations`,
 * CSV without a header), one that is silent about the plan "gap" and the plan "word" (`/gaps`), one that leads elsewhere (`/moved`), and one with a token (`/private`).
 */
export async function scoringServer() {
  const asked: { path: string; rows: number; authorization: string | undefined }[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url!;
    const { authorization, 'content-type': type = '' } = request.headers;
    const send = (status: number, body: object, headers = {}) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    if (path === '/moved') return send(302, {}, { location: '/mlflow' });
    if (!['/mlflow', '/gaps', '/invocations', '/private'].includes(path))
      return send(404, { message: 'nothing is here' });
    if (path === '/private' && authorization !== 'Bearer a-secret-token') return send(401, { message: 'who are you?' });
    let rows: AskedRow[];
    if (path === '/invocations') {
      if (type !== 'text/csv') return send(415, { message: `found ${type}, expected text/csv` });
      const text = (await request.toArray()).join('');
      rows = text
        .trim()
        .split('\n')
        .map((line) => line.split(','))
        .map(([usage, plan]) => ({ usage: Number(usage), plan: plan! }));
      asked.push({ path, rows: rows.length, authorization });
      response.writeHead(200, { 'content-type': 'text/csv' }).end(rows.map((row) => `${chanceOf(row)}\n`).join(''));
      return;
    }
    const body = (await json(request)) as { dataframe_split?: { columns: string[]; data: unknown[][] } };
    if (body.dataframe_split === undefined) return send(400, { message: 'expected dataframe_split' });
    const { columns, data } = body.dataframe_split;
    rows = data.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])) as unknown as AskedRow);
    asked.push({ path, rows: rows.length, authorization });
    const silent: Record<string, unknown> = { gap: null, word: 'no model for it' };
    const said = (row: AskedRow) => (path === '/gaps' && row.plan in silent ? silent[row.plan] : chanceOf(row));
    send(200, { predictions: rows.map(said) });
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Rows with what came of them, as CSV; `flipped`: the opposite of what the endpoint says came true. */
export function labelledRows(from: string, count: number, how: 'well' | 'flipped' | 'unlabelled' = 'well'): string {
  const lines = Array.from({ length: count }, (_, row) => {
    const usage = ((row * 37) % 100) / 10;
    const plan = row % 3 === 0 ? 'basic' : 'plus';
    const left = chanceOf({ usage, plan }) > ((row * 53) % 97) / 97;
    const at = new Date(Date.parse(`${from}T00:00:00Z`) + row * 3600_000).toISOString().slice(0, 19);
    const label = how === 'unlabelled' ? '' : Number(how === 'flipped' ? !left : left);
    return `c${from}-${row},${at},${usage},${plan},${label}`;
  });
  return ['customer,at,usage,plan,left', ...lines, ''].join('\n');
}
