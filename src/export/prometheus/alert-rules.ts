import { isPlainAlarm, type AlarmDefinition, type ProjectAlarm } from '../../project/alarms/alarm-schema.js';
import { queryOf } from './queries.js';

export interface AlertRules {
  /** The file for Prometheus's `rule_files`. */
  text: string;
  /** Alarms that cannot be said in it, each with the reason. */
  left: { name: string; why: string }[];
}

/** The alarms of a project as alerting rules of Prometheus; one group, evaluated every minute. */
export function alertRules(project: string, alarms: readonly ProjectAlarm[]): AlertRules {
  const left: AlertRules['left'] = [];
  const rules = alarms.flatMap((alarm) => {
    const rule = isPlainAlarm(alarm) ? ruleOf(alarm) : { why: whyNot(alarm) };
    if (typeof rule === 'string') return [rule];
    left.push({ name: alarm.name, why: rule.why });
    return [];
  });
  const none = rules.length === 0 ? ' []' : '';
  const text = `groups:\n  - name: ${quoted(project)}\n    interval: 1m\n    rules:${none}\n${rules.join('')}`;
  return { text, left };
}

function whyNot(alarm: ProjectAlarm): string {
  if ('composite' in alarm) return 'it is made of other alarms: put them together in Alertmanager';
  return 'band' in alarm ? 'only CloudWatch learns its band' : 'it is an expression in the words of CloudWatch';
}

function ruleOf(alarm: AlarmDefinition): string | { why: string } {
  const query = queryOf(alarm);
  if ('why' in query) return query;
  const { operator, missing } = alarm;
  const breach = `${query.text} ${operator} ${query.threshold}`;
  const absent = missing === 'breaching' ? ` or absent(${query.text})` : '';
  const words = `${alarm.statistic} of ${alarm.metric} ${operator} ${alarm.threshold}`;
  return [
    `      - alert: ${quoted(alertName(alarm.name))}\n`,
    `        expr: ${quoted(`${mOfN(alarm, breach)}${absent}`)}\n`,
    ...(lasting(alarm) === 0 ? [] : [`        for: ${lasting(alarm)}s\n`]),
    `        labels:\n          alarm: ${quoted(plain(alarm.name))}\n`,
    `        annotations:\n          summary: ${quoted(plain(words))}\n`,
  ].join('');
}

/** Breaches in all of N periods last N - 1 periods beyond the first; M of N are counted. */
function mOfN(alarm: AlarmDefinition, breach: string): string {
  const { period, evaluationPeriods: n, datapointsToAlarm: m = n } = alarm;
  return m === n ? breach : `count_over_time((${breach})[${n * period}s:${period}s]) >= ${m}`;
}

const lasting = ({ period, evaluationPeriods: n, datapointsToAlarm: m = n }: AlarmDefinition): number =>
  m === n ? (n - 1) * period : 0;

/** Prometheus takes any name; letters, digits and "_" are what its tools expect. */
const alertName = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, '_');

/** Labels and annotations are templates of Prometheus's: braces that are meant as such are printed by one. */
const plain = (text: string): string => text.replaceAll('{{', '{{"{{"}}');

/** JSON's texts are texts of YAML between double quotes. */
const quoted = (text: string): string => JSON.stringify(text);
