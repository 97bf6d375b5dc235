import type { AlarmChange } from './watched-alarms.js';

/** What an action is told, and what a plain webhook and a file get word for word. */
export interface AlarmNotice extends AlarmChange {
  kind: 'alarm-notice';
  schemaVersion: 1;
  project: string;
  environment: string;
  /** The endpoint whose metrics it judges, where it judges one's. */
  endpoint: string | null;
}

/** `churn: alarm errors is in ALARM`. */
export function noticeTitle({
  project,
  environment,
  alarm,
  to,
}: Pick<AlarmNotice, 'project' | 'environment' | 'alarm' | 'to'>): string {
  const words = { ALARM: 'is in alarm', OK: 'is well again', INSUFFICIENT_DATA: 'has no data to judge' }[to];
  return `${project} (${environment}): alarm ${alarm} ${words}`;
}
