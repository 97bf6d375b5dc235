import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { DamagedFile } from './errors.js';
import { remove } from './files.js';
import { isAlive, ownIdentity } from './processes/process-identity.js';
import { readJson, writeJson } from './json-files.js';

const claimSchema = z.looseObject({
  purpose: z.string(),
  pid: z.int().positive(),
  /** When that process started, so that a later one with its number is not taken for it. */
  processStart: z.string(),
  host: z.string(),
  startedAt: z.string(),
  /** Part of a file's name. */
  nonce: z.string().regex(/^[\w-]{1,64}$/),
});
export type Claim = z.infer<typeof claimSchema>;

/** Where a claim is made. */
export interface ClaimFile {
  path: string;
  /** For half-written files, on the same file system. */
  temporary: string;
  lives(claim: Claim): Promise<boolean>;
}

export type Attempt = { taken: true; own: Claim; from?: Claim } | { taken: false; holder: Claim };

/** Whether the process of a claim runs on this machine. */
export function livesHere({ pid, processStart }: Claim): Promise<boolean> {
  return isAlive({ pid, start: processStart });
}

/** Who holds a claim and lives. */
export async function holderOfClaim(file: ClaimFile): Promise<Claim | undefined> {
  const last = (await chainOf(file).catch(nobodyKnown)).at(-1);
  return last && (await file.lives(last)) ? last : undefined;
}

/** Who reads learns nothing from a claim that cannot be read. */
function nobodyKnown(error: unknown): Claim[] {
  if (error instanceof DamagedFile) return [];
  throw error;
}

/**
 * Claims a file for this process, unless a living one holds it. A dead holder is taken over at once.
 *
 * The file is created exclusively. A dead holder X is succeeded by the one that creates its successor's file, named with X's
 * nonce, exclusively: so two takers at once cannot both win, and the holder is the last of the chain that begins at the
 * file. The winner then makes its own claim the file and clears the chain; a taker that read the chain before that
 * finds itself outside of it and tries again.
 */
export async function tryClaim(file: ClaimFile, purpose: string): Promise<Attempt> {
  const { pid, start } = await ownIdentity();
  const nonce = randomUUID();
  for (;;) {
    const chain = await chainOf(file);
    const last = chain.at(-1);
    if (last !== undefined && (await file.lives(last))) return { taken: false, holder: last };
    const startedAt = new Date().toISOString();
    const own = { purpose, pid, processStart: start, host: hostname(), startedAt, nonce };
    if (await claim(file, own, chain)) return { taken: true, own, from: last };
  }
}

/** The holder of one that cannot be read may live: a person who knows that it does not says so by removing it. */
function readClaim(path: string): Promise<Claim | undefined> {
  const helps = `nothing is changed while nobody knows who holds it; if nothing of ours runs here, remove ${path}`;
  return readJson(path, claimSchema, helps);
}

/** Only the holder itself gets here, and nobody takes over from the living. */
export async function releaseClaim({ path }: ClaimFile, own: Claim): Promise<void> {
  const held = await readClaim(path);
  if (held?.nonce !== own.nonce) return;
  await remove(path);
}

/** Does something that only one process at a time may do, for a short while. */
export async function withClaim<Result>(
  file: ClaimFile,
  purpose: string,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  for (;;) {
    signal?.throwIfAborted();
    const attempt = await tryClaim(file, purpose);
    if (attempt.taken) return work().finally(() => releaseClaim(file, attempt.own));
    await sleep(10);
  }
}

function successorPath({ path }: ClaimFile, { nonce }: Claim): string {
  const { name, ext } = parse(path);
  return join(dirname(path), `${name}.${nonce}${ext}`);
}

const longestChain = 100;

/** The file's claim and those that succeeded it; the last one holds. Empty when it is free. */
async function chainOf(file: ClaimFile): Promise<Claim[]> {
  const chain: Claim[] = [];
  let next = await readClaim(file.path);
  while (next !== undefined) {
    chain.push(next);
    // Each successor is one more process that died at this moment; nonces are random, so none comes twice.
    if (chain.length > longestChain)
      throw new DamagedFile(
        file.path,
        'its successors go on for ever',
        `if nothing of ours runs here, remove ${file.path}`,
      );
    next = await readClaim(successorPath(file, next));
  }
  return chain;
}

/** Tries to hold after a chain of dead holders. True when this claim holds now. */
async function claim(file: ClaimFile, own: Claim, dead: Claim[]): Promise<boolean> {
  const { temporary } = file;
  const last = dead.at(-1);
  const path = last === undefined ? file.path : successorPath(file, last);
  if (!(await writeJson(path, own, { temporary, ifAbsent: true }))) return false;
  if (last === undefined) return true;
  const now = await chainOf(file);
  if (now.at(-1)?.nonce !== own.nonce) {
    await remove(path);
    return false;
  }
  await clearChain(file, own, now);
  return true;
}

async function clearChain(file: ClaimFile, own: Claim, chain: Claim[]): Promise<void> {
  await writeJson(file.path, own, { temporary: file.temporary });
  for (const gone of chain.slice(0, -1)) await remove(successorPath(file, gone));
}
