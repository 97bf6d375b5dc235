import { monitoringResultsSchema, type MonitoringResults } from '../documents/monitoring.js';
import { keys, momentAfter } from '../documents/keys.js';
import type { Environment } from '../platform/ports/environment.js';
import { collect } from '../platform/ports/pages.js';
import { DamagedFile } from '../common/errors.js';
import { helpFor } from '../documents/errors/mending.js';
import { parseJson } from './store.js';

type Place = Pick<Environment, 'objects'>;

export interface ResultsAt {
  key: string;
  results: MonitoringResults;
}

/** Keys of the folders of monitor runs in the order in which they were written, which their stamps keep: see `momentAfter`. */
export async function monitorFolders({ objects }: Place): Promise<string[]> {
  const entries = await collect((page) => objects.list(keys.monitoringRuns, { ...page, folders: true }));
  return entries.filter(({ kind }) => kind === 'folder').map(({ key }) => key);
}

/** When a new folder of a monitor run is said to be made: after all that are there. */
export async function monitorMoment(place: Place, now: Date): Promise<Date> {
  const folders = await monitorFolders(place);
  return momentAfter(folders.at(-1)?.slice(keys.monitoringRuns.length), now);
}

/**
 * Our own results in such a folder; what another system wrote, or a run that was killed before it had any, is none.
 * @throws DamagedFile where a file is there that cannot be read: what it said is not known
 */
export async function resultsIn({ objects }: Place, folder: string): Promise<ResultsAt | undefined> {
  const key = `${folder}monitoring_results.json`;
  const bytes = await objects.read(key);
  if (bytes === undefined) return undefined;
  const json = parseJson(bytes, key);
  const parsed = monitoringResultsSchema.safeParse(json);
  if (parsed.success) return { key, results: parsed.data };
  const ours = typeof json === 'object' && json !== null && 'kind' in json && json.kind === 'monitoring-results';
  if (!ours) return undefined;
  // Loaded for what is damaged alone: a window that looks at its results knows no other document.
  const { recognise } = await import('../documents/recognise.js');
  const found = recognise(json);
  if (found.kind === 'raw') throw new DamagedFile(key, found.reason, helpFor(key));
  return undefined;
}

/**
 * The newest monitoring results of our own in the environment. Results that other systems wrote, and folders of runs
 * that were killed before they had any, are passed over: a report still shows them, but nothing is decided on them.
 * @throws DamagedFile where the newest cannot be read: older ones are not the answer for now
 */
export async function newestResults(
  environment: Place,
  of: (results: MonitoringResults) => boolean = () => true,
): Promise<ResultsAt | undefined> {
  const folders = await monitorFolders(environment);
  for (const folder of folders.reverse()) {
    const found = await resultsIn(environment, folder);
    if (found !== undefined && of(found.results)) return found;
  }
  return undefined;
}

/** The results at a key that somebody noted down. @throws DamagedFile where they are not there, or cannot be read */
export async function mustHaveResults(place: Place, key: string): Promise<ResultsAt> {
  const found = await resultsIn(place, key.slice(0, key.lastIndexOf('/') + 1));
  if (found !== undefined) return found;
  throw new DamagedFile(key, 'found no monitoring results there, expected those that were noted down', helpFor(key));
}
