import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CheckAnswer, CheckQuestion } from '../../documents/authoring/sql-check.js';
import type { EditorServices } from '../editor-services.js';

/** Longer than anybody waits for what is typed: then it is taken for stuck, and another one is started. */
const patience = 5_000;

/** The process that checks what is typed, apart from this window; started with the first question. */
export interface Checker {
  /**
   * Undefined where it ended, or took too long. Of questions about the same text (`about`) that wait only the newest is
   * asked; those before it are not answered either.
   */
  ask: (about: string, question: Omit<CheckQuestion, 'id'>) => Promise<CheckAnswer | undefined>;
  dispose: () => void;
}

interface Waiting {
  question: Omit<CheckQuestion, 'id'>;
  done: (answer: CheckAnswer | undefined) => void;
}

export function makeChecker({ checkerProcess }: Pick<EditorServices, 'checkerProcess'>): Checker {
  let child: ChildProcessWithoutNullStreams | undefined;
  let asked: { id: number; done: Waiting['done']; timer: NodeJS.Timeout } | undefined;
  const waiting = new Map<string, Waiting>();
  let count = 0;

  const end = () => {
    child?.kill();
    child = undefined;
    settle(undefined);
  };
  const settle = (answer: CheckAnswer | undefined) => {
    if (asked === undefined) return;
    const { done, timer } = asked;
    clearTimeout(timer);
    asked = undefined;
    done(answer);
    begin();
  };
  const open = () => {
    const { command, args, env } = checkerProcess();
    const made = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    const gone = () => {
      if (child === made) end();
    };
    made.on('error', gone).on('exit', gone);
    made.stdin.on('error', gone);
    made.stderr.resume();
    createInterface({ input: made.stdout }).on('line', (line) => {
      const answer = JSON.parse(line) as CheckAnswer;
      if (answer.id === asked?.id) settle(answer);
    });
    return made;
  };
  const begin = () => {
    const [first] = waiting;
    if (first === undefined || asked !== undefined) return;
    const [about, { question, done }] = first;
    waiting.delete(about);
    child ??= open();
    asked = { id: ++count, done, timer: setTimeout(end, patience) };
    child.stdin.write(`${JSON.stringify({ ...question, id: asked.id })}\n`);
  };
  return {
    ask: (about, question) =>
      new Promise((done) => {
        waiting.get(about)?.done(undefined);
        waiting.set(about, { question, done });
        begin();
      }),
    dispose() {
      waiting.forEach(({ done }) => done(undefined));
      waiting.clear();
      end();
    },
  };
}
