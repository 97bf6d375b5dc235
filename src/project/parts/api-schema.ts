import * as z from 'zod';

/** What a route of the served API does. Every word of an answer below stands for one of these figures of a prediction. */
export const answerFigures = [
  'prediction',
  'probability',
  'probabilities',
  'classes',
  'threshold',
  'drift_score',
  'drift_band',
  'timestamp',
  'features_received',
  'feature_names',
  'inference_id',
  'model_version',
  'processing_time_ms',
] as const;
export type AnswerFigure = (typeof answerFigures)[number];

const fieldSchema = z.strictObject({
  type: z
    .enum(['number', 'integer', 'text', 'boolean'])
    .optional()
    .describe("Default: what the model's own column is, a number or a text."),
  min: z.number().optional().describe('The smallest number that is taken.'),
  max: z.number().optional().describe('The largest number that is taken.'),
  values: z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .min(1)
    .optional()
    .describe('The only values that are taken.'),
  length: z.number().int().positive().optional().describe('How many characters a text may have at most.'),
  optional: z.boolean().optional().describe('Whether it may be absent or null: it is missing then. Default: false.'),
  alias: z.array(z.string().min(1)).optional().describe('Other names that a caller may give it.'),
});
export type ApiField = z.infer<typeof fieldSchema>;

const answerSchema = z
  .union([z.array(z.enum(answerFigures)).min(1), z.record(z.string().min(1), z.enum(answerFigures))])
  .describe(
    'What an answer holds: a list of figures, or your own names for them: { "probability_score": "probability" }.',
  );

const routeSchema = z.strictObject({
  does: z
    .enum(['predict', 'batch-predict', 'feedback', 'model-info'])
    .optional()
    .describe('Default: what its path is called.'),
  body: z
    .enum(['record', 'features', 'data', 'dataframe'])
    .optional()
    .describe(
      'How a request is laid out. record (default): the fields; features: { "features": {…} }; data (default of a batch): { "data": [{…}] }; dataframe: "dataframe_split" below "inputs".',
    ),
  input: z
    .record(z.string().min(1), fieldSchema)
    .optional()
    .describe(
      "What is known of the model's columns (names or * patterns; the first that fits counts); others are fields too. Default: as of the route that predicts.",
    ),
  extra: z
    .record(z.string().min(1), fieldSchema)
    .optional()
    .describe(
      'Fields that a caller may send beside them: they are checked, and the model does not see them. Default: as of the route that predicts.',
    ),
  alike: z
    .array(z.string().length(1))
    .min(2)
    .optional()
    .describe('Signs of a name that count as the same: ["_", "-"] takes time-in-hospital for time_in_hospital.'),
  answer: answerSchema.optional(),
  maxRows: z.number().int().min(1).max(10_000).default(1000).describe('Rows that one request may hold.'),
  label: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The field that holds what became true. Default: label. Of a prediction: where a caller may send it along.',
    ),
  window: z.number().int().min(1).max(100_000).default(1000).describe('Accuracy is that of so many predictions.'),
  role: z
    .enum(['viewer', 'predictor', 'operator', 'admin'])
    .optional()
    .describe('Who may ask, at least. Default: viewer for model-info, predictor for all others.'),
});
export type ApiRoute = z.infer<typeof routeSchema>;

const duration = z.string().regex(/^[1-9]\d{0,4}[smhd]$/, 'a time such as "30m", "12h" or "7d"');

export const apiSchema = z.strictObject({
  routes: z
    .record(z.string().regex(/^(\/[A-Za-z0-9][A-Za-z0-9_.-]*)+$/, 'a path such as "/predict"'), routeSchema)
    .describe('The paths that are served, each with what it takes and answers.'),
  auth: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('jwt').describe('Users of `mlops api user` sign in and get tokens that expire.'),
        expires: duration.default('30m').describe('How long a token is good for.'),
        refresh: duration.default('7d').describe('How long somebody stays signed in without asking anew.'),
      }),
      z.strictObject({ kind: z.literal('none').describe('Everybody who reaches it may call.') }),
    ])
    .optional()
    .describe(
      'Who may call. jwt: users of mlops api user, with tokens that expire; none: everybody who reaches it. Default: the token of the endpoint on this machine; in a container these routes are closed.',
    ),
  limits: z
    .strictObject({
      requests: z
        .string()
        .regex(/^[1-9]\d{0,8}\/(second|minute|hour|day)$/, 'a rate such as "100/minute"')
        .optional()
        .describe('How often one caller may ask. Default: as often as they like.'),
      body: z
        .string()
        .regex(/^[1-9]\d{0,5} ?(KB|MB)$/, 'a size such as "1 MB"')
        .default('1 MB')
        .describe('How large a request may be.'),
      queue: z.number().int().positive().max(100_000).default(200).describe('How many requests may wait at a time.'),
    })
    .prefault({})
    .describe('How much may be asked of it: by one caller, in one request, at a time.'),
  cors: z
    .array(z.string().regex(/^https?:\/\/[^/\s*]+$/, 'an origin such as "https://app.example.org"'))
    .default([])
    .describe('Origins whose pages may call from a browser, exactly these.'),
});
export type Api = z.infer<typeof apiSchema>;
export type ApiRole = NonNullable<ApiRoute['role']>;

export type RouteKind = NonNullable<ApiRoute['does']>;

/** What a route does: what it says, or what its path is called; undefined where neither tells. */
export function routeKind(path: string, { does }: Pick<ApiRoute, 'does'>): RouteKind | undefined {
  if (does !== undefined) return does;
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (last === 'invocations') return 'batch-predict';
  return (['predict', 'batch-predict', 'feedback', 'model-info'] as const).find((kind) => kind === last);
}

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `30m` in seconds. */
export function secondsOf(text: string): number {
  return Number(text.slice(0, -1)) * seconds[text.slice(-1) as keyof typeof seconds];
}

/** `1 MB` in bytes. */
export function bytesOf(text: string): number {
  return Number.parseInt(text, 10) * (text.endsWith('MB') ? 1 << 20 : 1 << 10);
}

const per = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;

/** `100/minute` as how many in how many seconds. */
export function rateOf(text: string): { requests: number; seconds: number } {
  const [requests, unit] = text.split('/') as [string, keyof typeof per];
  return { requests: Number(requests), seconds: per[unit] };
}
