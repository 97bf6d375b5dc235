import type { GateTrend } from '../../documents/gates/gate-trend.js';
import { listBatches } from '../../pipeline/batches/stored-batches.js';
import { trendPoints } from '../../pipeline/judging/trend.js';
import { monitorFolders, resultsIn, type ResultsAt } from '../../pipeline/stored-results.js';
import { answer } from '../answer.js';
import { orLeftOut } from '../left-out.js';
import { reads } from '../operation.js';

/** Every gate's figure over all batches and runs, in the order of their rows. What cannot be read is named and left out. */
export const showTrend = reads('batches.trend', async ({ project, environment, signal, warn }): Promise<GateTrend> => {
  const stored: ResultsAt[] = [];
  for (const folder of await monitorFolders(environment)) {
    signal.throwIfAborted();
    const results = await orLeftOut(warn, resultsIn(environment, folder));
    if (results !== undefined) stored.push(results);
  }
  const points = trendPoints(stored, await listBatches(environment));
  return answer('gate-trend', { project: project.file.name, environment: environment.name, points });
});
