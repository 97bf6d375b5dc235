import { parentPort, workerData } from 'node:worker_threads';
import type { Progress } from './models/progress.js';
import { type Answer, plainError } from './pipeline/workers/messages.js';
import { perform, type Task } from './pipeline/tasks.js';
import { answerQuestions } from './serving/answering/answering-thread.js';
import { answersRole } from './serving/answering/messages.js';

const progressEveryMs = 100;

if (workerData === answersRole) answerQuestions(parentPort!);
else parentPort?.on('message', performTask);

/** A worker thread does one task at a time: a message in, progress and one answer out. It is cancelled by ending it. */
function performTask(asked: Task): void {
  const say = (answer: Answer<unknown>) => parentPort?.postMessage(answer);
  let last = 0;
  const onRound = (progress: Progress) => {
    const now = Date.now();
    if (progress.round < progress.rounds && now - last < progressEveryMs) return;
    last = now;
    say({ kind: 'progress', progress });
  };
  perform(asked, { onRound }).then(
    (result) => say({ kind: 'result', result }),
    (error: unknown) => say({ kind: 'error', error: plainError(error) }),
  );
}
