import { answer } from '../answer.js';
import { changes } from '../operation.js';
import { mustBeThere, type Named } from './find.js';
import { described } from './show.js';

/** Serves again what the endpoint served when it was stopped. */
export const startEndpoint = changes(
  'endpoints.start',
  { purpose: ({ name }: Named) => `start ${name}`, check: mustBeThere },
  async ({ writers, signal }, { name }) =>
    answer('endpoint', described(await writers.endpoints.start(name, { signal }))),
);
