import type { MonitoringResults } from '../documents/monitoring.js';
import type { Environment } from '../platform/ports.js';
import { monitorFolders, resultsIn } from './stored-results.js';

/**
 * The newest monitoring results of our own in the environment. Results that other systems wrote, and folders of runs
 * that were killed before they had any, are passed over: a report still shows them, but nothing is decided on them.
 */
export async function latestResults(environment: Environment): Promise<MonitoringResults | undefined> {
  const folders = await monitorFolders(environment);
  for (const folder of folders.reverse()) {
    const results = await resultsIn(environment, folder);
    if (results !== undefined) return results;
  }
  return undefined;
}
