import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutated } from './mutate.js';
import { randomOf } from './random.js';

/** What is fuzzed: inputs to begin with, and what is done with each. */
export interface Target {
  name: string;
  seeds: Uint8Array[];
  /** Ends well, or with an error that is meant for people; all else it throws is a crash. */
  attempt: (input: Uint8Array) => unknown;
  /** Bytes that the program holds; its growth over the run is bounded. */
  memory: () => number;
  /** Whether an attempt's time counts: one that waits for another process measures the hang itself. */
  timed?: boolean;
}

const longestMs = 1000;
const mostGrowth = 256e6;

/** Of the whole suite; at night half an hour. */
export const fuzzSeconds = Number(process.env.MLOPS_FUZZ_SECONDS ?? 14);

/** Another one every day, told with each finding: with the same one the same inputs come. */
const firstSeed = Number(process.env.MLOPS_FUZZ_SEED ?? Math.floor(Date.now() / 86_400_000));

export interface Findings {
  inputs: number;
  /** A line each: what went wrong, and how to see it again. */
  found: string[];
}

/** Sends changed seeds for so many seconds and tells crashes, hangs and growth. It ends with the first few. */
export async function fuzz(target: Target, seconds: number): Promise<Findings> {
  const found: string[] = [];
  const until = performance.now() + seconds * 1000;
  // What loads once is not growth.
  for (const seed of target.seeds) await tried(target, seed);
  const before = target.memory();
  let at = firstSeed * 1_000_003;
  let inputs = 0;
  for (; performance.now() < until && found.length < 5; at += 1, inputs += 1) {
    const input = mutated(target.seeds, randomOf(at));
    const problem = await tried(target, input);
    if (problem !== undefined)
      found.push(tell(target, input, `${problem} (MLOPS_FUZZ_SEED=${firstSeed}, input ${inputs})`));
    if (inputs % 100 !== 0) continue;
    const grown = target.memory() - before;
    if (grown > mostGrowth) found.push(tell(target, input, `memory grew by ${Math.round(grown / 1e6)} MB`));
    // Servers and timers of this process get their turn.
    await new Promise(setImmediate);
  }
  return { inputs, found };
}

async function tried({ attempt, timed = true }: Target, input: Uint8Array): Promise<string | undefined> {
  // The processor's time: on a machine that does other things too, a clock would tell of those.
  const began = process.cpuUsage();
  try {
    await attempt(input);
  } catch (error) {
    if (!isForPeople(error)) return `crash: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const { user, system } = process.cpuUsage(began);
  const ms = (user + system) / 1000;
  return timed && ms > longestMs ? `hang: ${Math.round(ms)} ms` : undefined;
}

/** The program's own errors know their exit code; a parser of JSON says SyntaxError. */
function isForPeople(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && 'exitCode' in error);
}

function tell({ name }: Target, input: Uint8Array, problem: string): string {
  const file = join(tmpdir(), `fuzz-${name.replace(/\W+/g, '-')}-${process.pid}-${Date.now()}`);
  writeFileSync(file, input);
  return `${name}: ${problem}\n  the input lies in ${file}`;
}
