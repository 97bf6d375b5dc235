import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { CallOptions } from '../../ports/calls.js';
import type { JobKind } from '../../ports/jobs.js';
import { isMissing } from '../account/explain.js';
import type { Account } from '../account/place.js';

const groups: Record<JobKind, string> = {
  processing: '/aws/sagemaker/ProcessingJobs',
  training: '/aws/sagemaker/TrainingJobs',
};

/** What was seen: the time of the newest line in milliseconds, and the ids of the lines of that very millisecond. */
interface Seen {
  at: number;
  ids: string[];
}

/** All hosts' lines in the order of their times; a job that has said nothing yet has no group or no stream. */
export async function jobLogs(
  { clients }: Account,
  kind: JobKind,
  name: string,
  { token, signal }: CallOptions & { token?: string } = {},
): Promise<{ lines: string[]; token: string }> {
  const seen: Seen = token === undefined ? { at: 0, ids: [] } : (JSON.parse(token) as Seen);
  const logs = await clients.logs();
  const events: FilteredLogEvent[] = [];
  let next: string | undefined;
  try {
    do {
      const page = await logs.filterLogEvents(
        {
          logGroupName: groups[kind],
          logStreamNamePrefix: `${name}/`,
          startTime: seen.at,
          nextToken: next,
        },
        { abortSignal: signal },
      );
      events.push(...(page.events ?? []));
      next = page.nextToken;
    } while (next !== undefined);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const before = new Set(seen.ids);
  const fresh = events
    .filter(({ eventId = '' }) => !before.has(eventId))
    .sort((left, right) => (left.timestamp ?? 0) - (right.timestamp ?? 0));
  return {
    lines: fresh.map(({ message = '' }) => message.replace(/\r?\n$/, '')),
    token: JSON.stringify(newest(seen, fresh)),
  };
}

function newest(seen: Seen, fresh: FilteredLogEvent[]): Seen {
  const at = fresh.at(-1)?.timestamp ?? seen.at;
  const ids = fresh.filter(({ timestamp }) => timestamp === at).map(({ eventId = '' }) => eventId);
  return { at, ids: at === seen.at ? [...seen.ids, ...ids] : ids };
}
