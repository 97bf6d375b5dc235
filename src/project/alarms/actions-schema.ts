import * as z from 'zod';
import { commandSchema } from '../commands.js';

export const alarmMoments = ['alarm', 'ok', 'no-data'] as const;
/** When an action runs: its alarm went off, is well again after that, or has no data to judge. */
export type AlarmMoment = (typeof alarmMoments)[number];

const on = z
  .array(z.enum(alarmMoments))
  .min(1)
  .optional()
  .describe('When it runs. alarm: it went off; ok: it is well again after that; no-data: there is nothing to judge.');

/** Of a secret only the name of the variable that holds it, where `mlops watch` runs. */
const fromVariable = z
  .string()
  .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, '"env:" and the name of a variable, such as "env:PAGER_URL"');

/** Lines are added to it again and again: no file that a project is made of. */
const linesFile = z
  .string()
  .regex(
    /^(?!\/|[A-Za-z]:)(?!(?:.*\/)?\.\.(?:\/|$))[^\\]+\.(?:jsonl|ndjson|log)$/,
    'a path in the project that ends in .jsonl, .ndjson or .log',
  );

export const actionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('notification')
      .describe('A line in the terminal that watches, or a message in the window that does.'),
    on,
  }),
  z.strictObject({
    kind: z.literal('command').describe('A program of yours, once you allowed it: mlops trust.'),
    command: commandSchema,
    minutes: z.number().positive().default(10).describe('After how long it is ended.'),
    on,
  }),
  z.strictObject({
    kind: z.literal('webhook').describe('A message to an address: JSON, Slack or PagerDuty.'),
    url: fromVariable
      .optional()
      .describe('The variable with the address, https only. PagerDuty has one for everybody, so none is needed there.'),
    shape: z
      .enum(['json', 'slack', 'pagerduty'])
      .default('json')
      .describe('json: all that is known; slack: a text; pagerduty: an event, version 2 of its interface.'),
    key: fromVariable.optional().describe("pagerduty: the variable with the integration's key."),
    severity: z.enum(['critical', 'error', 'warning', 'info']).optional().describe('pagerduty. Default: critical.'),
    on,
  }),
  z.strictObject({
    kind: z.literal('file').describe('A line in a file of the project.'),
    path: linesFile.describe('One JSON line is added each time.'),
    on,
  }),
  z.strictObject({
    kind: z.literal('sns').describe('Stands in the alarm itself, so that CloudWatch tells whoever subscribed.'),
    topic: z
      .string()
      .regex(
        /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w.-]{1,256}$/,
        'the ARN of a topic: arn:aws:sns:REGION:ACCOUNT:NAME',
      )
      .describe('ARN of the topic: arn:aws:sns:REGION:ACCOUNT:NAME.'),
    on,
  }),
]);
export type Action = z.infer<typeof actionSchema>;

export const actionsSchema = z.record(
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'letters, digits, "-" and "_" only'),
  actionSchema,
);

/** People hear of both ends; a command is for the trouble alone; a file keeps everything. */
const usually: Record<Action['kind'], readonly AlarmMoment[]> = {
  notification: ['alarm'],
  command: ['alarm'],
  webhook: ['alarm', 'ok'],
  sns: ['alarm', 'ok'],
  file: alarmMoments,
};

export const momentsOf = (action: Action): readonly AlarmMoment[] => action.on ?? usually[action.kind];
