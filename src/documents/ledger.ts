import * as z from 'zod';

/** One line of history: who did what, when, why, from which state to which, on what evidence. Append-only. */
export const ledgerEntrySchema = z.looseObject({
  kind: z.literal('ledger-entry'),
  schemaVersion: z.literal(1),
  at: z.string(),
  who: z.string(),
  what: z.enum([
    'deploy',
    'promote',
    'rollback',
    'retrain',
    'keep',
    'override-set',
    'override-cleared',
    'waiver',
    'waiver-cleared',
    'approve',
    'reject',
    'lease-taken-over',
    'adopt',
  ]),
  why: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  outcome: z.enum(['promoted', 'refused', 'rolled-back', 'recorded']),
  trigger: z.string().nullable(),
  steps: z.array(z.looseObject({ at: z.string(), share: z.number() })).optional(),
  /** Of a retrained version: what the comparison with the one that serves asks for, whatever then became of it. */
  policy: z.enum(['DEPLOY', 'DEPLOY_REFRESH', 'SKIP']).optional(),
  evidence: z.array(z.string()),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** All of the ledger, newest first. */
export const ledgerSchema = z.looseObject({
  kind: z.literal('ledger'),
  schemaVersion: z.literal(1),
  entries: z.array(ledgerEntrySchema),
});
export type Ledger = z.infer<typeof ledgerSchema>;

export const overrideSchema = z.looseObject({
  name: z.enum(['forceRetrain', 'forceSkipRetrain']),
  reason: z.string(),
  by: z.string(),
  setAt: z.string(),
  /** After this moment it no longer counts; null: until cleared. */
  expiresAt: z.string().nullable(),
});
export type Override = z.infer<typeof overrideSchema>;

/** `monitoring/overrides/<environment>.json`: the one place where overrides are kept. */
export const overridesSchema = z.looseObject({
  kind: z.literal('overrides'),
  schemaVersion: z.literal(1),
  overrides: z.array(overrideSchema),
  waivers: z
    .array(
      z.looseObject({
        gate: z.string(),
        owner: z.string(),
        reason: z.string(),
        setAt: z.string(),
        until: z.string(),
      }),
    )
    .default([]),
});
export type Overrides = z.infer<typeof overridesSchema>;

export type Waiver = Overrides['waivers'][number];

/** The waivers that count at a moment: one that ends on a day counts through that day (UTC), one without a date never. */
export function activeWaivers(waivers: readonly Waiver[], now: Date): Waiver[] {
  return waivers.filter(({ until }) => endOfDay(until) > now.getTime());
}

function endOfDay(until: string): number {
  return Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59.999Z` : until);
}

/** The overrides that count at a moment. */
export function activeOverrides(document: Overrides | undefined, now: Date): Override[] {
  return (document?.overrides ?? []).filter(
    (override) => override.expiresAt === null || Date.parse(override.expiresAt) > now.getTime(),
  );
}
