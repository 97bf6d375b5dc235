import { answer } from '../answer.js';
import { reads } from '../operation.js';
import { mustFind } from './find.js';

/** The last lines of an endpoint's log, oldest first. */
export const endpointLog = reads('endpoints.logs', async (at, { name, lines }: { name: string; lines: number }) => {
  await mustFind(at, name);
  const { environment, signal } = at;
  return answer('endpoint-log', { name, lines: await environment.endpoints.logs(name, { lines, signal }) });
});
