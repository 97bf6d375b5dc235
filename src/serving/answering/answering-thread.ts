import type { MessagePort } from 'node:worker_threads';
import { predictorOf, type Predictor } from '../predictor.js';
import { answerText } from './answer-text.js';
import { replyOfError, type Question, type Reply } from './messages.js';

/** The thread's side: answers one question after the other with the models that it was sent. */
export function answerQuestions(port: MessagePort): void {
  const predictors = new Map<number, Predictor>();
  port.on('message', ({ modelId, model, ...asked }: Question) => {
    const say = (reply: Reply) => port.postMessage(reply);
    try {
      if (model) predictors.set(modelId, { ...predictorOf(model.bundle, model.version), ...model });
      say({ kind: 'text', ...answerText(predictors.get(modelId)!, asked) });
    } catch (error) {
      say(replyOfError(error));
    }
  });
}
