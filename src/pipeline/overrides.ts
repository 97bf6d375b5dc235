import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '../common/errors.js';
import { keys } from '../documents/keys.js';
import { activeOverrides, overridesSchema, type Override, type Overrides } from '../documents/ledger.js';
import type { Environment } from '../platform/ports/environment.js';
import { recordInLedger } from './ledger.js';
import { readDocument, readVersion, writeDocument } from './store.js';

const mostAttempts = 20;
const nothing: Overrides = { kind: 'overrides', schemaVersion: 1, overrides: [], waivers: [] };

/** The environment's overrides and waivers as they are stored, expired ones included. */
export async function readOverrides(environment: Environment): Promise<Overrides> {
  return (await readDocument(environment.objects, keys.overrides(environment.name), overridesSchema)) ?? nothing;
}

/** Sets (or replaces) one override and writes the ledger. */
export function setOverride(environment: Environment, override: Override): Promise<Overrides> {
  const { name, by: who, reason: why } = override;
  return change(environment, { what: 'override-set', to: name, who, why }, (before) => {
    const others = before.overrides.filter((other) => other.name !== name);
    return { ...before, overrides: [...others, override] };
  });
}

/** Clears one override; nothing happens when it is not set. */
export function clearOverride(
  environment: Environment,
  name: Override['name'],
  by: string,
  reason: string,
): Promise<Overrides> {
  return change(environment, { what: 'override-cleared', to: name, who: by, why: reason }, (before) => {
    const overrides = before.overrides.filter((override) => override.name !== name);
    return overrides.length === before.overrides.length ? before : { ...before, overrides };
  });
}

/** A gate's failure counts as a warning until a date: somebody answers for it. */
export function addWaiver(environment: Environment, waiver: Overrides['waivers'][number]): Promise<Overrides> {
  const { gate, owner: who, reason: why } = waiver;
  return change(environment, { what: 'waiver', to: gate, who, why }, (before) => {
    const others = before.waivers.filter((other) => other.gate !== gate);
    return { ...before, waivers: [...others, waiver] };
  });
}

/** Ends a waiver before its date; nothing happens when there is none. */
export function clearWaiver(environment: Environment, gate: string, by: string, reason: string): Promise<Overrides> {
  return change(environment, { what: 'waiver-cleared', to: gate, who: by, why: reason }, (before) => {
    const waivers = before.waivers.filter((waiver) => waiver.gate !== gate);
    return waivers.length === before.waivers.length ? before : { ...before, waivers };
  });
}

/** Overrides of the document that count now, and those the command line set for one run. */
export function overridesOfTheMoment(document: Overrides, forThisRun: Override[], now: Date): Override[] {
  const names = new Set(forThisRun.map(({ name }) => name));
  return [...activeOverrides(document, now).filter(({ name }) => !names.has(name)), ...forThisRun];
}

interface Entry {
  what: 'override-set' | 'override-cleared' | 'waiver' | 'waiver-cleared';
  /** Name of the override, or the gate. */
  to: string;
  who: string;
  why: string;
}

/**
 * Changes the document and writes the ledger. Who finds that somebody else wrote meanwhile starts from what is there
 * then, so that no change is lost. A change that gives back the same object writes nothing.
 */
async function change(
  environment: Environment,
  entry: Entry,
  changed: (before: Overrides) => Overrides,
): Promise<Overrides> {
  const key = keys.overrides(environment.name);
  const writers = environment.writers(`${entry.what} ${entry.to}`);
  for (let attempt = 1; ; attempt += 1) {
    const found = await readVersion(environment.objects, key, overridesSchema);
    const before = found?.document ?? nothing;
    const after = changed(before);
    if (after === before) return before;
    try {
      await writeDocument(writers.objects, key, after, found ? { ifMatch: found.sha256 } : { ifAbsent: true });
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === mostAttempts) throw error;
      await sleep(Math.random() * 20 * attempt);
      continue;
    }
    await recordInLedger(writers, { ...entry });
    return after;
  }
}
