import type { CallOptions } from '../../ports/calls.js';
import { isMissing } from '../account/explain.js';
import type { Account } from '../account/place.js';

/** Containers of one endpoint whose logs are looked at, those that spoke last. */
const streams = 5;

/** The last lines of an endpoint's containers, oldest first; none while nothing was logged. */
export async function endpointLogs(
  { clients }: Account,
  endpoint: string,
  { lines = 200, signal }: CallOptions & { lines?: number } = {},
): Promise<string[]> {
  const logs = await clients.logs();
  const logGroupName = `/aws/sagemaker/Endpoints/${endpoint}`;
  const options = { abortSignal: signal };
  try {
    const found = await logs.describeLogStreams(
      { logGroupName, orderBy: 'LastEventTime', descending: true, limit: streams },
      options,
    );
    const pages = await Promise.all(
      (found.logStreams ?? []).map(({ logStreamName }) =>
        logs.getLogEvents({ logGroupName, logStreamName, limit: lines, startFromHead: false }, options),
      ),
    );
    const events = pages.flatMap((page) => page.events ?? []);
    events.sort((left, right) => (left.timestamp ?? 0) - (right.timestamp ?? 0));
    return events.map(({ message = '' }) => message.trimEnd()).slice(-lines);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
