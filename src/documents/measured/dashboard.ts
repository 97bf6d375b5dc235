import * as z from 'zod';
import { gateTrendSchema } from '../gates/gate-trend.js';
import { seriesSchema } from './series.js';

const place = { id: z.string(), title: z.string() };
/** Why there is nothing to show; absent where there is something. */
const reason = z.string().optional();

/** What an endpoint does, as it was measured until a moment: a widget for each of the exported dashboard, in its order. */
export const dashboardSchema = z.looseObject({
  kind: z.literal('dashboard'),
  schemaVersion: z.literal(1),
  project: z.string(),
  environment: z.string(),
  endpoint: z.string(),
  /** Status and version by the endpoint's own answer; null where there is none. */
  serving: z.object({ status: z.string(), version: z.string().nullable() }).nullable(),
  /** A release that is under way, in a sentence. */
  release: z.string().optional(),
  from: z.string(),
  to: z.string(),
  widgets: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('heading'), ...place, text: z.string() }),
      z.object({
        ...{ type: z.literal('graph'), ...place, reason },
        /** Seconds. */
        period: z.number(),
        lines: z.array(seriesSchema),
        limits: z.array(z.object({ label: z.string(), value: z.number() })),
        axis: z.object({ min: z.number(), max: z.number().optional() }).optional(),
      }),
      z.object({
        ...{ type: z.literal('number'), ...place, reason },
        value: z.number().nullable(),
        unit: z.string().optional(),
      }),
      z.object({
        ...{ type: z.literal('alarms'), ...place, reason },
        alarms: z.array(
          z.object({
            name: z.string(),
            state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
            since: z.string(),
            reason: z.string(),
            latest: z.number().optional(),
            unit: z.string().optional(),
          }),
        ),
      }),
    ]),
  ),
  /** Every gate over the newest runs and batches, oldest first. */
  gates: gateTrendSchema.shape.points,
  /** Of the newest results: how far each column moved, the farthest first; null where there are none. */
  drift: z
    .looseObject({
      at: z.string(),
      results: z.string(),
      columns: z.array(
        z.object({
          column: z.string(),
          /** Standard deviations between both means; null where it has none. */
          z: z.number().nullable(),
          psi: z.number().nullable(),
          /** It was constant in training and is another value now. */
          infinite: z.boolean(),
        }),
      ),
    })
    .nullable(),
});
export type Dashboard = z.infer<typeof dashboardSchema>;
export type DashboardPart = Dashboard['widgets'][number];
