import * as z from 'zod';
import { alarmForms } from './alarm-schema.js';
import { durationSchema } from '../duration.js';

const then = z.array(z.string().min(1)).optional().describe('Names of "actions", in the order in which they run.');
const name = z.string().min(1).max(255).describe('What the alarm is called, here and in CloudWatch.');
const endpoint = z
  .string()
  .optional()
  .describe('Of "endpoints": the one that it watches. Default: the one that a release leads to.');

const metric = {
  metric: z.string().min(1).describe('Its name: ModelLatency, Invocation5XXErrors, DriftScore, or one of your own.'),
  namespace: z.string().min(1).optional().describe("Default: SageMaker's own, by the metric."),
  dimensions: z
    .record(z.string(), z.string())
    .optional()
    .describe('Default: the endpoint and, of SageMaker, its variant.'),
  statistic: z
    .string()
    .regex(
      /^(Sum|Average|Minimum|Maximum|SampleCount|p(\d{1,2}(\.\d+)?|100))$/,
      'Sum, Average, Minimum, Maximum, SampleCount or a percentile such as "p95"',
    )
    .optional()
    .describe('Of each period. Default: Sum of what is counted (Invocations, …Errors), else Average.'),
  unit: z.string().optional().describe('Only points of this unit count: Milliseconds, Count. Default: all.'),
};
const judged = {
  period: durationSchema.default('5m').describe('How long one period is: "5m", the default.'),
  of: z
    .string()
    .regex(/^[1-9]\d*\/[1-9]\d*$/, 'how many of how many periods, such as "3/3"')
    .default('1/1')
    .describe('How many of the newest periods must breach: "2/3". Default: "1/1".'),
  missing: z
    .enum(['missing', 'notBreaching', 'breaching', 'ignore'])
    .default('missing')
    .describe('What a period without data counts as. breaching: that there is none is an alarm too.'),
  endpoint,
  variant: z.string().min(1).optional().describe('Default: AllTraffic, which is all of them.'),
  then,
};
const rule = z.string().describe('When a period breaches: "> 0".');

/** An alarm as a person writes it: a metric of the endpoint and a rule. */
export const shortAlarmSchema = z.strictObject({ name, ...metric, rule, ...judged });
/** The same over several metrics: a rate. */
export const shortExpressionSchema = z.strictObject({
  name,
  expression: z.string().min(1).max(1024).describe('Over the names in "metrics": "errors / requests".'),
  metrics: z
    .record(
      z.string().regex(/^[a-z]\w{0,254}$/, 'a name of small letters, digits and "_", beginning with a letter'),
      z.union([z.string().min(1), z.strictObject(metric)]),
    )
    .describe("What the names stand for: a metric's name, or an object where the defaults do not fit."),
  rule,
  ...judged,
});
/** The same against a band that is learned of the metric itself. */
export const shortBandSchema = z.strictObject({
  name,
  ...metric,
  band: z.number().positive().describe('How many standard deviations are usual to each side.'),
  side: z.enum(['outside', 'above', 'below']).default('outside').describe('Which way is too far.'),
  ...judged,
});
/** A set of alarms that everybody wants. */
export const alarmSetSchema = z.strictObject({
  set: z.enum(['endpoint']).describe('endpoint: the eight alarms of a served model.'),
  endpoint,
  then,
});

export type ShortMetric = z.infer<z.ZodObject<typeof metric>>;
export type ShortAlarm = z.infer<typeof shortAlarmSchema>;
export type ShortExpression = z.infer<typeof shortExpressionSchema>;
export type ShortBand = z.infer<typeof shortBandSchema>;

/** What stands in "alarms": in full, as CloudWatch has it, or in short; each with what is then done. */
export const askedAlarmSchema = z.union([
  ...alarmForms.map((form) => form.extend({ then })),
  shortAlarmSchema,
  shortExpressionSchema,
  shortBandSchema,
  alarmSetSchema,
]);
export type AskedAlarm = z.infer<typeof askedAlarmSchema>;
