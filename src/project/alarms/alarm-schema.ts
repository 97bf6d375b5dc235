import * as z from 'zod';
import { compositeText, parseCompositeRule } from '../rules/composite-rule.js';

const metric = {
  namespace: z.string().describe('Where CloudWatch keeps the metric: AWS/SageMaker.'),
  metric: z.string().describe("The metric's name: ModelLatency, Invocation5XXErrors."),
  dimensions: z
    .record(z.string(), z.string())
    .default({})
    .describe('Which metric of that name: EndpointName, VariantName.'),
  statistic: z.string().describe('What is made of the points of a period: Sum, Average, Maximum, p95.'),
};
const unit = z.string().optional().describe('Only points of this unit count: Milliseconds, Count. Default: all.');
const watching = {
  period: z.number().int().positive().describe('Seconds.'),
  evaluationPeriods: z.number().int().positive().describe('N: how many periods are judged.'),
  datapointsToAlarm: z.number().int().positive().optional().describe('M: how many of them must breach. Default: all.'),
};
const limit = {
  operator: z.enum(['>=', '>', '<', '<=']).describe('How a period that breaches stands to the threshold.'),
  threshold: z.number().describe("The limit, in the metric's own unit."),
};
const missing = z
  .enum(['missing', 'notBreaching', 'breaching', 'ignore'])
  .default('missing')
  .describe('What a period without data counts as. Default: missing, which keeps no alarm alive.');
const name = z.string().min(1).max(255).describe('What the alarm is called, here and in CloudWatch.');

/** One metric against one number. */
export const alarmDefinitionSchema = z.strictObject({
  name,
  ...metric,
  ...watching,
  ...limit,
  missing,
  unit,
});
export type AlarmDefinition = z.infer<typeof alarmDefinitionSchema>;

/** What of an alarm's definition its evaluation goes by, whatever its points are of. */
export type JudgedAlarm = Pick<
  AlarmDefinition,
  'period' | 'evaluationPeriods' | 'datapointsToAlarm' | 'operator' | 'threshold' | 'missing'
>;

/** Arithmetic over several metrics against one number. */
const expressionAlarmSchema = z.strictObject({
  name,
  expression: z
    .string()
    .min(1)
    .max(1024)
    .describe(
      'Over the names in "metrics": + - * / ^, comparisons, AND, OR, IF(condition, then, else), FILL(metric, 0).',
    ),
  metrics: z
    .record(
      z.string().regex(/^[a-z]\w{0,254}$/, 'a name of small letters, digits and "_", beginning with a letter'),
      z.strictObject({ ...metric, unit }),
    )
    .describe('What the names in the expression stand for, each over the same period.'),
  ...watching,
  ...limit,
  missing,
});
export type ExpressionAlarm = z.infer<typeof expressionAlarmSchema>;

/** One metric against a band that is learned of it. */
const bandAlarmSchema = z.strictObject({
  name,
  ...metric,
  unit,
  ...watching,
  operator: z.enum(['outside', 'above', 'below']).describe('On which side of the band a period breaches.'),
  band: z
    .number()
    .positive()
    .describe(
      'Width of the band, in standard deviations. CloudWatch learns it; on this machine it is that of the 24 hours before.',
    ),
  missing,
});
export type BandAlarm = z.infer<typeof bandAlarmSchema>;

/** Made of the states of others. */
const compositeAlarmSchema = z.strictObject({
  name,
  composite: z
    .string()
    .min(1)
    .max(10_240)
    .describe('In ALARM while this holds: ALARM(name), OK(name), INSUFFICIENT_DATA(name), NOT, AND, OR and brackets.'),
});
export type CompositeAlarm = z.infer<typeof compositeAlarmSchema>;

/** How an alarm is said in full. */
export const alarmForms = [
  alarmDefinitionSchema,
  expressionAlarmSchema,
  bandAlarmSchema,
  compositeAlarmSchema,
] as const;
export const projectAlarmSchema = z.union(alarmForms);
export type ProjectAlarm = z.infer<typeof projectAlarmSchema>;

/** Topics that an alarm in an account tells by itself, by when it does. */
export interface AlarmTopics {
  alarm: string[];
  ok: string[];
  noData: string[];
}
/** An alarm as an environment is to have it. */
export type WantedAlarm = ProjectAlarm & { topics?: AlarmTopics };

/** Whether it judges one metric against one number. */
export function isPlainAlarm(alarm: ProjectAlarm): alarm is AlarmDefinition {
  return !('composite' in alarm || 'expression' in alarm || 'band' in alarm);
}

/** Whether two say the same, in whatever order their keys stand; what stands in the defaults counts as said. */
export function sameAlarm(left: ProjectAlarm, right: ProjectAlarm): boolean {
  return alarmText(left) === alarmText(right);
}

/** Equal for alarms that are the same. */
export function alarmText(alarm: ProjectAlarm): string {
  return JSON.stringify(ordered(comparableAlarm(alarm)));
}

/** An alarm for being compared: what stands in CloudWatch's own defaults counts as said, a rule is written in one way. */
export function comparableAlarm({ topics: _, ...alarm }: WantedAlarm): ProjectAlarm {
  if ('composite' in alarm) return { ...alarm, composite: ruleText(alarm.composite) };
  return { ...alarm, datapointsToAlarm: alarm.datapointsToAlarm ?? alarm.evaluationPeriods };
}

/** A rule of somebody else may hold what is not read here: then it is itself alone. */
function ruleText(text: string): string {
  try {
    return compositeText(parseCompositeRule(text));
  } catch {
    return text;
  }
}

function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, one]) => [key, ordered(one)]);
}
