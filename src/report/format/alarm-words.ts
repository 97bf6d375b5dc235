import type { AlarmDocument } from '../../documents/alarm.js';
import type { Answer } from '../view-parts.js';
import { operatorSigns } from './words.js';
import { valueText } from './units.js';

type Judges = Pick<AlarmDocument, 'definition' | 'rule'>;

/** "p99 of ModelLatency ≥ 2 s": when it alarms, in words. */
export function whenWords({ definition, rule }: Judges): string {
  if (rule !== undefined) return rule.text;
  if (definition === undefined) return 'not recorded';
  const { statistic, metric, operator, threshold, unit } = definition;
  const sign = operatorSigns[operator as keyof typeof operatorSigns] ?? operator;
  return `${statistic} of ${metric} ${sign} ${valueText(threshold, unit)}`;
}

/** "2 of 3 periods of 5 min". */
export function periodWords({ definition }: Judges): string | null {
  if (definition === undefined) return null;
  const { datapointsToAlarm, evaluationPeriods, period } = definition;
  const each = period % 60 === 0 ? `${period / 60} min` : `${period} s`;
  return `${datapointsToAlarm ?? evaluationPeriods} of ${evaluationPeriods} periods of ${each}`;
}

/** Whom it tells when it goes off, and that it tells nobody where that is so; null where alarms only show. */
export function actionWords({ actions }: Pick<AlarmDocument, 'actions'>): string | null {
  if (actions === undefined) return null;
  const { enabled, targets } = actions;
  if (targets.length === 0) return 'nobody: it has no action';
  const names = targets.map((arn) => arn.slice(arn.lastIndexOf(':') + 1)).join(', ');
  return enabled ? names : `nobody: its actions are turned off (${names})`;
}

export const stateAnswers: Record<AlarmDocument['state'], Answer> = {
  ALARM: 'fail',
  OK: 'pass',
  INSUFFICIENT_DATA: 'inconclusive',
};

export const stateWords: Record<AlarmDocument['state'], string> = {
  ALARM: 'in alarm',
  OK: 'ok',
  INSUFFICIENT_DATA: 'no data',
};
