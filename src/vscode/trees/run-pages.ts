import type { Run } from '../../documents/run.js';
import type { Current } from '../session/current.js';
import { ownDay, ownMoment } from './own-time.js';

/** Shown at first; each "load more" shows so many times as many, so that the last of 10,000 is four clicks away. */
const first = 20;
const growth = 5;
/** Records read at once. */
const atOnce = 64;

export interface RunPage {
  /** Newest first. */
  runs: readonly Run[];
  /** How many there are that are searched for, shown or not. */
  of: number;
  /** Whether some of them are not asked for yet. */
  more: boolean;
  text: string;
}

/** A run's record; undefined where there is none, or none that can be read. */
type ReadRun = (environment: Current['environment'], id: string) => Promise<Run | undefined>;

export interface RunPages {
  /** The runs to show: of all ids, newest first, whose newest records are known. */
  look: (current: Current, ids: readonly string[], newest: readonly Run[]) => Promise<RunPage>;
  loadMore: () => void;
  /** Shows only runs of such a time or id; empty: all. */
  search: (text: string) => void;
  readonly text: string;
  forget: () => void;
}

/** Ids are known of all runs; records are read of those that are shown, once each when they have ended. */
export function makeRunPages(readRun: ReadRun): RunPages {
  let wanted = first;
  let text = '';
  let known = new Map<string, Run>();
  return {
    async look(current, ids, newest) {
      const now = new Date();
      const found = text === '' ? ids : ids.filter((id) => isSearched(id, text, now));
      const shown = found.slice(0, wanted);
      const fresh = new Map(newest.map((run) => [run.id, run]));
      const mine = known;
      const unread = shown.filter((id) => !fresh.has(id) && !mine.has(id));
      for (let at = 0; at < unread.length; at += atOnce) {
        const reading = unread.slice(at, at + atOnce).map((id) => readRun(current.environment, id));
        for (const run of await Promise.all(reading))
          if (run !== undefined && run.status !== 'running') mine.set(run.id, lean(run));
      }
      const runs = shown.flatMap((id) => fresh.get(id) ?? mine.get(id) ?? []);
      return { runs, of: found.length, more: found.length > wanted, text };
    },
    loadMore: () => void (wanted *= growth),
    search(next) {
      text = next.trim();
      wanted = first;
    },
    get text() {
      return text;
    },
    forget() {
      wanted = first;
      text = '';
      known = new Map();
    },
  };
}

/** What a line needs of a record: its inputs and outputs can be thousands. */
function lean(run: Run): Run {
  const stages = run.stages.map(({ name, status, reason, seconds, outputs, figures }) => ({
    ...{ name, status, reason, seconds, inputs: [] },
    outputs: outputs.filter(({ uri }) => uri.endsWith('monitoring_results.json')),
    figures: { summary: figures.summary ?? null },
  }));
  const { kind, schemaVersion, id, project, environment, startedAt, finishedAt, status, verdict, error } = run;
  return { kind, schemaVersion, id, project, environment, startedAt, finishedAt, status, verdict, error, stages };
}

/** By the time as it is shown, by a day such as 2026-11-21, or by a part of the id, which begins with the time in UTC. */
function isSearched(id: string, text: string, now: Date): boolean {
  const asked = text.toLowerCase();
  if (id.includes(asked)) return true;
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)/.exec(id) ?? [];
  const at = `${year}-${month}-${day}T${hour}:${minute}:00Z`;
  if (/^\d{4}-\d/.test(asked)) return ownDay(at).startsWith(asked);
  return ` ${ownMoment(at, now)}`.toLowerCase().includes(` ${asked}`);
}
