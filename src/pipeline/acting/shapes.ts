import { noticeTitle, type AlarmNotice } from '../../documents/watching/notice.js';
import type { Action } from '../../project/alarms/actions-schema.js';

type Webhook = Extract<Action, { kind: 'webhook' }>;

/** What a webhook gets. `key`: of PagerDuty's integration. */
export function bodyFor(
  { shape, severity = 'critical' }: Webhook,
  notice: AlarmNotice,
  key: string | undefined,
): object {
  if (shape === 'slack') return slackMessage(notice);
  return shape === 'pagerduty' ? pagerDutyEvent(notice, severity, key) : notice;
}

const signs = { ALARM: ':red_circle:', OK: ':white_check_mark:', INSUFFICIENT_DATA: ':grey_question:' } as const;

/** Source: Slack, "Sending messages using incoming webhooks": `text`, in which &, < and > are escaped. */
function slackMessage(notice: AlarmNotice): object {
  return { text: escaped(`${signs[notice.to]} *${noticeTitle(notice)}*\n${notice.reason}`) };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const longestSummary = 1024;

/** Source: PagerDuty, Events API v2: one incident an alarm, by its dedup_key; `resolve` ends it. */
function pagerDutyEvent(notice: AlarmNotice, severity: string, key: string | undefined): object {
  const { project, environment, alarm, to, reason, at, endpoint, from, value } = notice;
  const event = { routing_key: key, dedup_key: `${project}/${environment}/${alarm}` };
  if (to === 'OK') return { ...event, event_action: 'resolve' };
  const summary = `${noticeTitle(notice)}: ${reason}`.slice(0, longestSummary);
  return {
    ...{ ...event, event_action: 'trigger' },
    payload: {
      ...{ summary, source: endpoint ?? project, severity, timestamp: at },
      custom_details: { project, environment, alarm, from, to, value, reason },
    },
  };
}
