import type { AlarmDefinition, BandAlarm } from '../project/alarms/alarm-schema.js';

/** How a value is held against a limit, in CloudWatch's words and ours. */
const limits = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
} as const;
/** And against a band. */
const bands = {
  LessThanLowerOrGreaterThanUpperThreshold: 'outside',
  GreaterThanUpperThreshold: 'above',
  LessThanLowerThreshold: 'below',
} as const;
type Comparison = keyof typeof limits | keyof typeof bands;
type Sign = AlarmDefinition['operator'] | BandAlarm['operator'];

const signs: Partial<Record<string, Sign>> = { ...limits, ...bands };

/** Undefined for a comparison with a band, and for one that is not known. */
export function limitOf(comparison = ''): AlarmDefinition['operator'] | undefined {
  return (limits as Partial<Record<string, AlarmDefinition['operator']>>)[comparison];
}

/** Undefined for a comparison with a limit, and for one that is not known. */
export function bandOf(comparison = ''): BandAlarm['operator'] | undefined {
  return (bands as Partial<Record<string, BandAlarm['operator']>>)[comparison];
}

/** In our words, else in CloudWatch's own. */
export function comparisonWords(comparison = ''): string {
  return signs[comparison] ?? comparison;
}

export function comparisonOf(sign: Sign): Comparison {
  return (Object.keys(signs) as Comparison[]).find((comparison) => signs[comparison] === sign)!;
}
