import { isMissing } from '../account/explain.js';
import type { Account } from '../account/place.js';

/** As JSON text; undefined when there is none of that name. */
export async function readDashboard(
  { clients }: Account,
  DashboardName: string,
  abortSignal?: AbortSignal,
): Promise<string | undefined> {
  const cloudwatch = await clients.cloudwatch();
  try {
    return (await cloudwatch.getDashboard({ DashboardName }, { abortSignal })).DashboardBody;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
