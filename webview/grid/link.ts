import type { GridMessage, GridNews } from '../../src/documents/grid/page.js';
import type { GridAnswers, PageQuestion } from '../../src/documents/grid/questions.js';

interface EditorApi {
  postMessage(message: GridMessage): void;
  setState(state: unknown): void;
  getState(): unknown;
}
declare function acquireVsCodeApi(): EditorApi;

type Told = Exclude<GridNews, { type: 'answer' | 'refused' }>;

/** The window's side of a grid. */
export interface Link {
  send: (message: GridMessage) => void;
  /** @throws Error with what is wrong; with an empty message for what was cancelled */
  ask: <Ask extends PageQuestion['ask']>(question: Extract<PageQuestion, { ask: Ask }>) => Promise<GridAnswers[Ask]>;
  /** Nobody waits for what was asked until now. */
  cancelAll: () => void;
  remember: (state: unknown) => void;
  remembered: () => unknown;
}

export function connect(hear: (news: Told) => void): Link {
  const api = acquireVsCodeApi();
  const waiting = new Map<number, { done: (answer: never) => void; failed: (error: Error) => void }>();
  let count = 0;
  window.addEventListener('message', ({ data }: MessageEvent<GridNews>) => {
    if (data.type !== 'answer' && data.type !== 'refused') return hear(data);
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.type === 'answer') one?.done(data.answer as never);
    else one?.failed(new Error(data.message));
  });
  return {
    send: (message) => api.postMessage(message),
    ask: (question) =>
      new Promise((done, failed) => {
        const id = (count += 1);
        waiting.set(id, { done, failed });
        api.postMessage({ type: 'ask', id, question });
      }),
    cancelAll: () => [...waiting.keys()].forEach((id) => api.postMessage({ type: 'cancel', id })),
    remember: (state) => api.setState(state),
    remembered: () => api.getState(),
  };
}
