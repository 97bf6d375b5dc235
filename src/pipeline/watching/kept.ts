import { readJson, writeJson } from '../../common/json-files.js';
import { watcherSchema, type DutyRecord, type Said, type Watcher } from '../../documents/watching/watcher.js';
import { appendBounded } from './bounded-lines.js';
import { watcherOf, watchingPlace, type Watched } from './place.js';

const watcherName = 'watcher.json';
const saidName = 'said.jsonl';

/** What a watcher did last, and the process that watches now; undefined where nobody ever did. */
export async function readWatcher(watched: Watched): Promise<(Watcher & { pid: number | null }) | undefined> {
  const { inFolder } = watchingPlace(watched);
  const [watcher, holder] = await Promise.all([
    readJson(inFolder(watcherName), watcherSchema, 'it is made anew by: mlops watch'),
    watcherOf(watched),
  ]);
  return watcher && { ...watcher, pid: holder?.pid ?? null };
}

export async function keepWatcher(watched: Watched, since: Date, duties: readonly DutyRecord[]): Promise<void> {
  const { inFolder, temporary } = watchingPlace(watched);
  const watcher: Watcher = {
    ...{ kind: 'watcher', schemaVersion: 1, environment: watched.environment.name },
    ...{ since: since.toISOString(), duties: [...duties] },
  };
  await writeJson(inFolder(watcherName), watcher, { temporary });
}

/** Keeps what duties say, a line each. */
export async function keepSaid(watched: Watched, said: readonly Said[]): Promise<void> {
  await appendBounded(watchingPlace(watched).inFolder(saidName), said);
}
