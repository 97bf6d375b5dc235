import type { Claim } from '../../common/claim.js';
import { noticeTitle } from '../../documents/watching/notice.js';
import { readWatchedAlarms } from '../../pipeline/watching/alarms/kept.js';
import { readWatcher } from '../../pipeline/watching/kept.js';
import { watcherOf, windowWatches } from '../../pipeline/watching/place.js';
import type { Current } from '../session/current.js';
import { newAlarms, type Told } from './new-alarms.js';

export interface AlarmMessage {
  alarm: string;
  text: string;
}

/** What a window finds out about whoever watches its project. */
export interface Look {
  holder: (Claim & { byWindow: boolean }) | undefined;
  /** Duties that could not be done the last time, each with why. */
  failing: string[];
  /** What is to be told now, and what will have been told then. */
  messages: AlarmMessage[];
  told: Told;
}

/** Longer reasons stand on the alarm's page. */
const longestReason = 200;

/** Who watches, how that goes, and which alarms went off that nobody was told of. Reads what the watcher keeps, nothing else. */
export async function look(current: Pick<Current, 'project' | 'environment'>, told: Told): Promise<Look> {
  const { project, environment } = current;
  const holder = await watcherOf(current);
  if (holder === undefined) return { holder, failing: [], messages: [], told };
  const [watcher, kept] = await Promise.all([readWatcher(current), readWatchedAlarms(current)]);
  const isOf = (at: string) => Date.parse(at) >= Date.parse(holder.startedAt);
  const duties = watcher?.duties.filter(({ failed, at }) => failed && at !== null && isOf(at)) ?? [];
  const own = { ...holder, byWindow: holder.purpose === windowWatches };
  const found = { holder: own, failing: duties.map(({ name, said }) => `${name}: ${said ?? 'it failed'}`) };
  // What the one before kept may be long past.
  if (!isOf(kept.at)) return { ...found, messages: [], told };
  const { fresh, told: now } = newAlarms(kept, told);
  const messages = fresh.map((alarm) => {
    const title = noticeTitle({ project: project.file.name, environment: environment.name, alarm, to: 'ALARM' });
    return { alarm, text: plain(`${title}. ${cut(kept.alarms[alarm]!.reason)}`) };
  });
  return { ...found, messages, told: now };
}

const cut = (text: string) => (text.length > longestReason ? `${text.slice(0, longestReason)}…` : text);

/** The editor makes links of `[text](address)` in a message, and the project's own words must not become one. */
const plain = (text: string) => text.replaceAll('](', '] (');
