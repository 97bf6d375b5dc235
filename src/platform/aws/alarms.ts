import type { AlarmReader } from '../ports.js';
import { alarmStateOf, transitionOf } from './alarm-state.js';
import type { Account } from './place.js';

const pageSize = 100;

/** CloudWatch's metric alarms, in the states that it evaluated itself. */
export function alarmReader({ clients }: Account): AlarmReader {
  return {
    async list({ token, limit = pageSize, signal } = {}) {
      const cloudwatch = await clients.cloudwatch();
      const found = await cloudwatch.describeAlarms(
        { AlarmTypes: ['MetricAlarm'], NextToken: token, MaxRecords: Math.min(limit, pageSize) },
        { abortSignal: signal },
      );
      return { items: (found.MetricAlarms ?? []).map(alarmStateOf), next: found.NextToken };
    },
    async history(name, { token, limit = pageSize, signal } = {}) {
      const cloudwatch = await clients.cloudwatch();
      const found = await cloudwatch.describeAlarmHistory(
        {
          AlarmName: name,
          AlarmTypes: ['MetricAlarm'],
          HistoryItemType: 'StateUpdate',
          ScanBy: 'TimestampDescending',
          NextToken: token,
          MaxRecords: Math.min(limit, pageSize),
        },
        { abortSignal: signal },
      );
      const items = (found.AlarmHistoryItems ?? []).map(transitionOf).filter((item) => item !== undefined);
      return { items, next: found.NextToken };
    },
  };
}
