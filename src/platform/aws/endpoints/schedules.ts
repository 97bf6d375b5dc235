import type { MonitoringScheduleSummary, SageMaker } from '@aws-sdk/client-sagemaker';
import type { MonitoringSchedule, ScheduleReader } from '../../ports/schedules.js';
import { isMissing } from '../account/explain.js';
import type { Account } from '../account/place.js';

/** Model Monitor's schedules, for accounts that may have them. They are only looked at. */
export function scheduleReader({ clients }: Account): ScheduleReader {
  return {
    async list(EndpointName, { signal } = {}) {
      const sagemaker = await clients.sagemaker();
      const found: MonitoringScheduleSummary[] = [];
      let NextToken: string | undefined;
      do {
        const request = { EndpointName, NextToken, SortBy: 'Name' as const, SortOrder: 'Ascending' as const };
        const page = await sagemaker.listMonitoringSchedules(request, { abortSignal: signal });
        found.push(...(page.MonitoringScheduleSummaries ?? []));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      const described = await Promise.all(found.map((summary) => describe(sagemaker, summary, signal)));
      return described.filter((schedule) => schedule !== undefined);
    },
  };
}

/** undefined for one that was deleted since it was listed. */
async function describe(
  sagemaker: SageMaker,
  summary: MonitoringScheduleSummary,
  abortSignal?: AbortSignal,
): Promise<MonitoringSchedule | undefined> {
  const { MonitoringScheduleName: name = '', MonitoringType, MonitoringScheduleStatus } = summary;
  try {
    const one = await sagemaker.describeMonitoringSchedule({ MonitoringScheduleName: name }, { abortSignal });
    const last = one.LastMonitoringExecutionSummary;
    const config = one.MonitoringScheduleConfig;
    return {
      name,
      type: one.MonitoringType ?? config?.MonitoringType ?? MonitoringType ?? 'unknown',
      status: one.MonitoringScheduleStatus ?? MonitoringScheduleStatus ?? 'unknown',
      schedule: config?.ScheduleConfig?.ScheduleExpression,
      reason: one.FailureReason,
      last: last && {
        status: last.MonitoringExecutionStatus ?? 'unknown',
        scheduledAt: last.ScheduledTime?.toISOString() ?? '',
        reason: last.FailureReason,
      },
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
