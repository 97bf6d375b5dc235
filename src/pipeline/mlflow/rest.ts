import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { bytesUpTo } from '../../common/bytes-up-to.js';
import { BrokenError, InputError, messageOf } from '../../common/errors.js';
import { sizeText } from '../../common/size-text.js';
import { ask, type Asking } from '../../data/web/ask.js';
import type { TrackingServer } from './tracking-server.js';

/** What a server may answer; whoever runs it may not be the one who registers. */
export interface RestLimits {
  /** Of an answer in JSON: its bytes, and how long it may take. */
  json: number;
  jsonMs: number;
  /** Of all files together: their bytes, and how long each may take. */
  files: number;
  fileMs: number;
}

export const usualLimits: RestLimits = { json: 8 << 20, jsonMs: 60_000, files: 8 * 2 ** 30, fileMs: 3_600_000 };

export type MlflowRest = ReturnType<typeof mlflowRest>;

/** MLflow's answer that something cannot be: `code` is its own word, such as `RESOURCE_ALREADY_EXISTS`. */
export class MlflowRefusal extends BrokenError {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

/**
 * MLflow's REST API, as far as it is needed here.
 * @throws BrokenError with what the server answered; InputError for an answer or files larger than any model
 */
export function mlflowRest({ base, headers }: TrackingServer, signal: AbortSignal, limits: RestLimits = usualLimits) {
  let left = limits.files;

  async function get(path: string, limitMs: number, sent: Omit<Asking, 'signal'> = {}): Promise<Response> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const asking = { ...sent, headers: { ...headers, ...sent.headers }, signal: limit };
    const answer = await ask(`${base}/api/2.0/${path}`, asking).catch((error: unknown) => {
      signal.throwIfAborted();
      if (error instanceof InputError) throw error;
      throw new BrokenError(`MLflow does not answer at ${base}: ${messageOf(error)}`, { cause: error });
    });
    if (answer.ok) return answer;
    const said = await bytesUpTo(answer.body, limits.json, () => tooMuch(path)).catch(() => '');
    const text = said.toString().slice(0, 300);
    throw new MlflowRefusal(`MLflow answered ${answer.status} to ${path}: ${text}`, answer.status, codeIn(text));
  }

  const tooMuch = (path: string) =>
    new InputError(`MLflow answered more than ${sizeText(limits.json)} to ${path}, expected a few lines`);

  async function json<Answer>(path: string, sent?: Omit<Asking, 'signal'>): Promise<Answer> {
    const answer = await get(path, limits.jsonMs, sent);
    const bytes = await bytesUpTo(answer.body, limits.json, () => tooMuch(path)).catch((error: unknown) => {
      signal.throwIfAborted();
      if (error instanceof InputError) throw error;
      throw new BrokenError(`MLflow broke off its answer to ${path}: ${messageOf(error)}`, { cause: error });
    });
    try {
      return JSON.parse(bytes.toString('utf8')) as Answer;
    } catch (error) {
      throw new BrokenError(`MLflow answered what is no JSON to ${path}: ${bytes.toString('utf8', 0, 80)}`, {
        cause: error,
      });
    }
  }

  async function* counted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      left -= chunk.byteLength;
      if (left < 0)
        throw new InputError(`MLflow: found files of more than ${sizeText(limits.files)}, expected one model`);
      yield chunk;
    }
  }

  return {
    json: <Answer>(path: string) => json<Answer>(`mlflow/${path}`),
    /** Tells the server something; its answer. */
    tell: <Answer>(path: string, what: object, method: 'POST' | 'PATCH' = 'POST') =>
      json<Answer>(`mlflow/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(what),
      }),
    /** Hands the server one file of a run. */
    async giveArtifact(path: string, body: string | Uint8Array): Promise<void> {
      const bytes = Buffer.from(body);
      const headers = { 'content-type': 'application/octet-stream', 'content-length': String(bytes.byteLength) };
      const answer = await get(artifactPath(path), limits.fileMs, { method: 'PUT', headers, body: bytes });
      // Servers answer with `{}` or with nothing; neither says anything.
      await answer.body?.cancel();
    },
    artifacts: (path: string) =>
      json<{ files?: { path: string; is_dir: boolean }[] }>(
        `mlflow-artifacts/artifacts?${new URLSearchParams({ path })}`,
      ),
    /** Writes one file of a model to a path of this machine. */
    async artifact(path: string, target: string): Promise<void> {
      const { body } = await get(artifactPath(path), limits.fileMs);
      const from = counted((body ?? []) as AsyncIterable<Uint8Array>);
      await pipeline(from, createWriteStream(target), { signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        if (error instanceof InputError) throw error;
        throw new BrokenError(`MLflow broke off ${path}: ${messageOf(error)}`, { cause: error });
      });
    },
  };
}

const artifactPath = (path: string) =>
  `mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}`;

function codeIn(text: string): string | undefined {
  return /"error_code":\s*"(\w+)"/.exec(text)?.[1];
}
