import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { errorFrom } from '../../documents/errors/error-about.js';
import type { GridAnswers, GridLine, GridQuestion, GridReply, GridSource } from '../../documents/grid/questions.js';
import type { ProcessVariables } from '../editor-services.js';
import { nodeEnvironment } from '../runs/fork.js';
import type { TableProcess } from './tables.js';

const patienceMs = 3_000;

/** Starts it. It ends with our end of its pipe, also when this window is killed. */
export function startTables(node: string, script: string, variables: ProcessVariables = {}): TableProcess {
  const child = spawn(node, ['--enable-source-maps', script], {
    env: { ...nodeEnvironment(), ...variables },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const waiting = new Map<number, { done: (answer: never) => void; failed: (error: Error) => void }>();
  let count = 0;
  let last = '';
  let ended: Error | undefined;
  const fail = (error: Error) => {
    ended = error;
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  child.stderr.on('data', (text: Buffer) => (last = text.toString('utf8').trim().split('\n').at(-1) ?? last));
  child.stdin.on('error', () => undefined);
  child.once('error', (error) => fail(new Error(`cannot start ${node}: ${error.message}`)));
  child.once('exit', (code) => fail(new Error(last || `the process that reads tables ended with ${code}`)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const reply = JSON.parse(line) as GridReply;
    const one = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) one?.failed(errorFrom(reply.error));
    else one?.done(reply.answer as never);
  });
  const write = (line: GridLine) => child.stdin.write(`${JSON.stringify(line)}\n`);
  return {
    ask: (question, signal) =>
      new Promise((done, failed) => {
        if (ended !== undefined) return failed(ended);
        const id = (count += 1);
        waiting.set(id, { done, failed });
        signal?.addEventListener('abort', () => waiting.has(id) && write({ cancel: id }), { once: true });
        write({ id, question });
      }),
    end() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill(), patienceMs);
      child.once('exit', () => clearTimeout(timer));
    },
  };
}

/**
 * A table that is there whenever it is asked: its process is started by the first question, ends when nobody has asked
 * for a while, and is started again by the next.
 */
export function makeTable(start: () => Promise<TableProcess>, source: () => Promise<GridSource>, idleMs = 300_000) {
  let running: { process: Promise<TableProcess>; table: Promise<GridAnswers['open']> } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(timer);
    void running?.process.then((process) => process.end());
    running = undefined;
  };
  const openIn = async (process: Promise<TableProcess>) => (await process).ask({ ask: 'open', source: await source() });
  const run = () => {
    if (running !== undefined) return running;
    const process = start();
    const mine = { process, table: openIn(process) };
    // Who asked is told; a table that cannot be opened keeps no process.
    mine.table.catch(() => running === mine && end());
    return (running = mine);
  };
  const inUse = async <Answer>(work: (process: TableProcess) => Promise<Answer>): Promise<Answer> => {
    clearTimeout(timer);
    const { process, table } = run();
    try {
      await table;
      return await work(await process);
    } finally {
      clearTimeout(timer);
      timer = setTimeout(end, idleMs);
    }
  };
  return {
    open: () => inUse(() => run().table),
    ask: <Ask extends GridQuestion['ask']>(question: Extract<GridQuestion, { ask: Ask }>, signal?: AbortSignal) =>
      inUse((process) => process.ask(question, signal)),
    end,
  };
}
export type Table = ReturnType<typeof makeTable>;
