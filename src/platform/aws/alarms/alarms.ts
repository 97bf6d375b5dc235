import type { AlarmReader } from '../../ports/alarms.js';
import { alarmStateOf, compositeStateOf, transitionOf } from './alarm-state.js';
import type { Account } from '../account/place.js';

const pageSize = 100;
const kinds = ['MetricAlarm', 'CompositeAlarm'] as const;

/** CloudWatch's alarms, in the states that it evaluated itself; also those that judge expressions or other alarms. */
export function alarmReader({ clients }: Account): AlarmReader {
  return {
    async list({ token, limit = pageSize, signal } = {}) {
      const cloudwatch = await clients.cloudwatch();
      const found = await cloudwatch.describeAlarms(
        { AlarmTypes: [...kinds], NextToken: token, MaxRecords: Math.min(limit, pageSize) },
        { abortSignal: signal },
      );
      const items = [
        ...(found.MetricAlarms ?? []).map(alarmStateOf),
        ...(found.CompositeAlarms ?? []).map(compositeStateOf),
      ];
      return { items, next: found.NextToken };
    },
    async history(name, { token, limit = pageSize, signal } = {}) {
      const cloudwatch = await clients.cloudwatch();
      const found = await cloudwatch.describeAlarmHistory(
        {
          AlarmName: name,
          AlarmTypes: [...kinds],
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
