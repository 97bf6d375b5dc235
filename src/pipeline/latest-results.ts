import { keys } from '../documents/keys.js';
import { monitoringResultsSchema, type MonitoringResults } from '../documents/monitoring.js';
import { everyItem, type Environment } from '../platform/ports.js';

/**
 * The newest monitoring results of our own in the environment. Results that other systems wrote, and folders of runs
 * that were killed before they had any, are passed over: a report still shows them, but nothing is decided on them.
 */
export async function latestResults({ objects }: Environment): Promise<MonitoringResults | undefined> {
  const folders: string[] = [];
  for await (const { key } of everyItem((page) => objects.list(keys.monitoringRuns, { ...page, folders: true }))) {
    folders.push(key);
  }
  for (const folder of folders.reverse()) {
    const bytes = await objects.read(`${folder}monitoring_results.json`);
    const results = bytes === undefined ? undefined : readOurs(Buffer.from(bytes).toString('utf8'));
    if (results !== undefined) return results;
  }
  return undefined;
}

function readOurs(text: string): MonitoringResults | undefined {
  try {
    return monitoringResultsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
