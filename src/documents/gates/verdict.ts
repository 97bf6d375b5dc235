import * as z from 'zod';

/** The answer of a gate, and of a whole verdict. Order of severity: error > fail > inconclusive > warn > pass. */
export const verdictSchema = z.enum(['pass', 'warn', 'fail', 'inconclusive', 'error']);
export type Verdict = z.infer<typeof verdictSchema>;

const severity: Record<Verdict, number> = { pass: 0, warn: 1, inconclusive: 2, fail: 3, error: 4 };

/** The worst of several answers; nothing to judge is inconclusive, never healthy. */
export function worst(answers: readonly Verdict[]): Verdict {
  if (answers.length === 0) return 'inconclusive';
  return answers.reduce((left, right) => (severity[right] > severity[left] ? right : left));
}

export const gateLevelSchema = z.enum(['hard', 'soft', 'advisory']);
export type GateLevel = z.infer<typeof gateLevelSchema>;

/** What a failed gate asks for. */
export const gateActionSchema = z.enum(['none', 'warn', 'retrain', 'block-promotion', 'roll-back']);
export type GateAction = z.infer<typeof gateActionSchema>;

export const operatorSchema = z.enum(['>=', '<=', '>', '<', '==', '!=']);
export type Operator = z.infer<typeof operatorSchema>;

/** One gate's answer with everything needed to check it by hand. */
export const gateResultSchema = z.looseObject({
  id: z.string(),
  level: gateLevelSchema,
  status: verdictSchema,
  /** The figure as the rule names it, e.g. `recall` or `z_mean(smart_5_raw)` for the column that decided. */
  metric: z.string(),
  value: z.number().nullable(),
  operator: operatorSchema,
  threshold: z.number().nullable(),
  /** `rule`, `0.95 * baseline`, …: where the threshold comes from, as `parseThresholdSource` reads it. */
  thresholdSource: z.string(),
  baseline: z.number().nullable(),
  /** How much worse than the baseline, in the figure's own unit; 0 when not worse; null without a baseline. */
  degradation: z.number().nullable(),
  method: z.string(),
  /** The figure's denominator: positives for recall, negatives for the false positive rate, rows otherwise. */
  n: z.number().nullable(),
  /** Where the figure may lie: at 95 %, or at `confidence`, shared by so many columns (`tests`). */
  interval: z.tuple([z.number(), z.number()]).nullable().optional(),
  /** Only of a gate that asks for certainty: it fails only where the whole interval of the difference lies beyond the limit. */
  confidence: z.number().optional(),
  tests: z.number().optional(),
  /** Where the limit may lie at that confidence, being a part of another figure; null: it is exact, or taken so. */
  thresholdInterval: z.tuple([z.number(), z.number()]).nullable().optional(),
  window: z.looseObject({ from: z.string().nullable(), to: z.string().nullable() }).nullable(),
  /** What to look at: rows of a confusion cell, columns of a drift gate. */
  evidence: z
    .looseObject({
      kind: z.enum(['rows', 'columns', 'none']),
      count: z.number().optional(),
      label: z.string().optional(),
      columns: z
        .array(z.looseObject({ column: z.string(), value: z.number().nullable(), status: verdictSchema }))
        .optional(),
    })
    .nullable(),
  action: gateActionSchema,
  waived: z.looseObject({ owner: z.string(), reason: z.string(), until: z.string() }).nullable().optional(),
  /** The answer in words: "recall was 0.625, must be at least 0.70". */
  message: z.string(),
  /** Why it cannot be judged, in words; absent where it was, and in documents of before it was recorded. */
  reason: z.string().optional(),
  /** What else a person should know of the figure: "50 % of its values are in categories that … never had: family". */
  note: z.string().optional(),
});
export type GateResult = z.infer<typeof gateResultSchema>;

/** The soft gates as one. */
export const softGroupSchema = z.looseObject({
  /** The group fails at this many failures. */
  fail: z.number(),
  of: z.number(),
  failed: z.number(),
  inconclusive: z.number(),
  status: verdictSchema,
  action: gateActionSchema,
});

export type SoftGroup = z.infer<typeof softGroupSchema>;

export const decisionSchema = z.looseObject({
  action: z.enum(['keep', 'retrain']),
  /** `gates`, `override` or `hold` (the verdict does not allow an answer). */
  by: z.string(),
  reason: z.string(),
  /** Gates that forbid to promote what was judged: failed, or not judged at all, with that action. */
  blocksPromotion: z.array(z.string()).optional(),
  /** Gates that failed and ask for the version before. */
  asksRollBack: z.array(z.string()).optional(),
});
export type Decision = z.infer<typeof decisionSchema>;
