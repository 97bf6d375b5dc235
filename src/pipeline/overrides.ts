import { keys } from '../documents/keys.js';
import { activeOverrides, overridesSchema, type Override, type Overrides } from '../documents/ledger.js';
import type { Environment } from '../platform/ports.js';
import { recordInLedger } from './ledger.js';
import { readDocument, writeDocument } from './store.js';

const nothing: Overrides = { kind: 'overrides', schemaVersion: 1, overrides: [], waivers: [] };

/** The environment's overrides and waivers as they are stored, expired ones included. */
export async function readOverrides(environment: Environment): Promise<Overrides> {
  return (await readDocument(environment.objects, keys.overrides(environment.name), overridesSchema)) ?? nothing;
}

/** Sets (or replaces) one override and writes the ledger. */
export async function setOverride(environment: Environment, override: Override): Promise<Overrides> {
  const before = await readOverrides(environment);
  const others = before.overrides.filter(({ name }) => name !== override.name);
  const after = { ...before, overrides: [...others, override] };
  await save(environment, after, 'override-set', override.name, override.by, override.reason);
  return after;
}

/** Clears one override; nothing happens when it is not set. */
export async function clearOverride(
  environment: Environment,
  name: Override['name'],
  by: string,
  reason: string,
): Promise<Overrides> {
  const before = await readOverrides(environment);
  if (!before.overrides.some((override) => override.name === name)) return before;
  const after = { ...before, overrides: before.overrides.filter((override) => override.name !== name) };
  await save(environment, after, 'override-cleared', name, by, reason);
  return after;
}

/** A gate's failure counts as a warning until a date: somebody answers for it. */
export async function addWaiver(environment: Environment, waiver: Overrides['waivers'][number]): Promise<Overrides> {
  const before = await readOverrides(environment);
  const others = before.waivers.filter(({ gate }) => gate !== waiver.gate);
  const after = { ...before, waivers: [...others, waiver] };
  await save(environment, after, 'waiver', waiver.gate, waiver.owner, waiver.reason);
  return after;
}

/** Overrides of the document that count now, and those the command line set for one run. */
export function overridesOfTheMoment(document: Overrides, forThisRun: Override[], now: Date): Override[] {
  const names = new Set(forThisRun.map(({ name }) => name));
  return [...activeOverrides(document, now).filter(({ name }) => !names.has(name)), ...forThisRun];
}

async function save(
  environment: Environment,
  document: Overrides,
  what: 'override-set' | 'override-cleared' | 'waiver',
  name: string,
  who: string,
  why: string,
): Promise<void> {
  const writers = environment.writers(`${what} ${name}`);
  await writeDocument(writers.objects, keys.overrides(environment.name), document);
  await recordInLedger(writers, { who, what, why, to: name });
}
