import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenError } from '../../../common/errors.js';
import { keptVariables } from '../../../common/kept-variables.js';
import { runCommand, type CommandEnd } from '../../../common/processes/run-command.js';
import { commandText } from '../../../project/commands.js';
import type { CommandModel } from '../../../models/bundle/outside-model.js';
import { unpackedModel } from './model-folder.js';
import type { ScorerPlace } from '../scorer.js';

/** A serving program that answers `/ping`. */
export interface Program {
  url: string;
  /** Why it is not there any more; undefined while it is. */
  gone: () => string | undefined;
  /** The same, once what has just broken off a connection is seen to have ended; undefined: it still runs. */
  whyBroken: () => Promise<string | undefined>;
  /** Ends it and what it started. */
  stop: () => Promise<void>;
}

/** How long a program is waited for, and how much it may say. */
export interface Patience {
  /** How long it may take until it answers `/ping`, how long one answer to that, and how often it is asked. */
  startMs: number;
  pingMs: number;
  pollMs: number;
  /** How long the scores of one request may take: as SageMaker waits for a model. */
  answerMs: number;
  /** How many bytes they may have. */
  mostAnswer: number;
}

export const usualPatience: Patience = {
  ...{ startMs: 120_000, pingMs: 2_000, pollMs: 100 },
  ...{ answerMs: 60_000, mostAnswer: 64 << 20 },
};

const endSeenMs = 1000;

/**
 * Starts a program that speaks SageMaker's serving contract on a free port of the loopback, in a process group of its
 * own, and waits until it answers `GET /ping` with 200.
 * @throws BrokenError with its last lines when it ends or does not answer; the signal's reason
 */
export async function startProgram(
  { command, files }: Pick<CommandModel, 'command' | 'files'>,
  { folder, log, signal }: ScorerPlace,
  { startMs, pingMs, pollMs }: Patience,
): Promise<Program> {
  const port = await freePort();
  const model = files === undefined ? undefined : await unpackedModel(files);
  const ending = new AbortController();
  const lines: string[] = [];
  let end: string | undefined;
  const running = runCommand({
    // Programs that take the port as a word have it so.
    command: command.map((word) => word.replaceAll('%port%', String(port))),
    folder,
    variables: {
      ...{ ...keptVariables(), ...addressFor(port) },
      ...(model && { SM_MODEL_DIR: model.folder }),
    },
    minutes: Infinity,
    signal: ending.signal,
    onLine(line) {
      if (lines.push(line) > 20) lines.shift();
      log(`serving command: ${line}`);
    },
  }).then(async (how) => {
    end = endText(how);
    await model?.remove();
    return end;
  });
  const stop = async () => {
    ending.abort();
    await running;
  };
  // A connection ends a moment before the end of the process is known.
  const whyBroken = () => Promise.race([running, sleep(endSeenMs, undefined, { ref: false })]);
  const url = `http://127.0.0.1:${port}`;
  const failed = async (why: string) => {
    await stop();
    const said = lines.length === 0 ? '' : `; it said: ${lines.slice(-3).join(' | ')}`;
    return new BrokenError(`serving command ${commandText(command)}: ${why}${said}`);
  };
  for (const began = Date.now(); Date.now() - began < startMs; await sleep(pollMs)) {
    if (signal?.aborted) {
      await stop();
      signal.throwIfAborted();
    }
    if (end !== undefined) throw await failed(`${end} before it answered GET /ping`);
    if (await answersPing(url, pingMs)) return { url, gone: () => end, whyBroken, stop };
  }
  throw await failed(
    `did not answer GET /ping on port ${port} (SAGEMAKER_BIND_TO_PORT) within ${startMs / 1000} seconds`,
  );
}

/** Where to listen, by SageMaker's name; some servers go by the others. Lines are heard as they come. */
function addressFor(port: number): Record<string, string> {
  return { SAGEMAKER_BIND_TO_PORT: String(port), PORT: String(port), HOST: '127.0.0.1', PYTHONUNBUFFERED: '1' };
}

async function answersPing(url: string, limitMs: number): Promise<boolean> {
  try {
    const { status, body } = await fetch(`${url}/ping`, { signal: AbortSignal.timeout(limitMs), redirect: 'error' });
    await body?.cancel();
    return status === 200;
  } catch {
    return false;
  }
}

function endText({ code, killedBy, failure }: CommandEnd): string {
  if (failure) return failure.code === 'ENOENT' ? 'there is no such program' : failure.message;
  return killedBy === null ? `it ended with exit code ${code}` : `it was ended by ${killedBy}`;
}

/** Nobody else takes it in the moment until the program does, as far as that can be had. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
