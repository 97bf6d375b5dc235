import { monitoringResultsSchema, type MonitoringResults } from '../documents/monitoring.js';
import { keys } from '../documents/keys.js';
import { everyItem, type Environment } from '../platform/ports.js';

/** Keys of the folders of monitor runs, oldest first. */
export async function monitorFolders({ objects }: Pick<Environment, 'objects'>): Promise<string[]> {
  const folders: string[] = [];
  for await (const { key } of everyItem((page) => objects.list(keys.monitoringRuns, { ...page, folders: true }))) {
    folders.push(key);
  }
  return folders;
}

/** Our own results in such a folder; what another system wrote, or a run that was killed before it had any, is none. */
export async function resultsIn(
  { objects }: Pick<Environment, 'objects'>,
  folder: string,
): Promise<MonitoringResults | undefined> {
  const bytes = await objects.read(`${folder}monitoring_results.json`);
  if (bytes === undefined) return undefined;
  try {
    return monitoringResultsSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
