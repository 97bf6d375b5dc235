import { compareAnswers, type ComparedAnswer } from '../documents/capture/compare-answers.js';
import type { AskedBody } from './answering/answer-text.js';
import { capture, type Sent } from './capture-exchange.js';
import type { Service } from './service.js';
import { shadowsOf, using, type Serving } from './traffic.js';

/** A request that was answered, and what was said. */
export interface Answered {
  asked: AskedBody;
  sent: Sent;
}

/** So many copies wait at most: what comes meanwhile is not copied. */
const mostWaiting = 100;

/** Asks the shadow variants what was answered already, one copy after the other; nobody waits for them. */
export function shadowing(service: Service): (serving: Serving, answered: Answered) => void {
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  async function ask(serving: Serving, { asked, sent }: Answered): Promise<void> {
    for (const variant of shadowsOf(serving)) {
      const { at } = asked;
      const began = performance.now();
      const latency = () => (performance.now() - began) * 1000;
      const count = (status: number, modelLatency: number) =>
        service.counted({ at, variant: variant.name, status, modelLatency, overheadLatency: 0 });
      try {
        const { text, odd } = await service.answerer.answer(variant.predictor, asked);
        count(200, latency());
        service.odd(variant.name, at, odd);
        capture(service, variant, asked, { ...sent, text });
        const { different } = compareAnswers(shownOf(sent), shownOf({ ...sent, text }));
        service.compared?.(variant.name, at, different > 0);
      } catch (error) {
        count(500, latency());
        service.log(`shadow variant ${variant.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  return (serving, answered) => {
    if (waiting >= mostWaiting || shadowsOf(serving).length === 0) return;
    waiting += 1;
    // After the answer has gone out.
    const next = last.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
    last = Promise.resolve(using(serving, () => next.then(() => ask(serving, answered)))).finally(() => (waiting -= 1));
  };
}

const shownOf = ({ text, contentType }: Sent): ComparedAnswer => ({
  data: text,
  encoding: contentType === 'text/csv' ? 'CSV' : 'JSON',
});
