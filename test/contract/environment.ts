import assert from 'node:assert/strict';
import type { Environment, Writers } from '../../src/platform/ports/environment.js';
import type { ObjectEntry } from '../../src/platform/ports/objects.js';
import { everyItem } from '../../src/platform/ports/pages.js';
import { alarmContract } from './alarms.js';
import { endpointContract } from './endpoints.js';
import { featureContract } from './features.js';
import { ledgerAndLeaseContract } from './ledger-and-lease.js';
import { metricContract } from './metrics.js';
import { objectContract } from './objects.js';
import { registryContract } from './registry.js';

/**
 * A place to run, filled by whoever makes it: through its writers here, through the services' own interfaces where the
 * environment is read-only. Everything below is asked of every adapter.
 */
export interface Subject {
  environment: Environment;
  fill: Fill;
  close(): Promise<void>;
}

/** How a suite puts things into a place whose writers it may not use. */
export interface Fill {
  object(key: string, body: string): Promise<void>;
  /** `count` small objects below a prefix, named so that they sort as numbered. */
  manyObjects(prefix: string, count: number): Promise<void>;
  featureGroup(name: string): Promise<void>;
  /** An approved version of a model group. */
  modelVersion(group: string, number: number): Promise<void>;
  endpoint(name: string): Promise<void>;
  /** A registered version that an endpoint can serve. */
  servable: (group: string, number: number) => Promise<void>;
  metric: Writers['metrics']['put'];
  alarm(name: string): Promise<void>;
  ledgerEntry(at: Date, why: string): Promise<void>;
}

export type Use = () => Subject;

/** What every place to run answers, read-only ones too. */
export function describeReadPorts(name: string, make: () => Promise<Subject>): void {
  describe(`${name}, read`, () => {
    const use = subjectOf(make);
    objectContract(use);
    featureContract(use);
    registryContract(use);
    endpointContract(use);
    metricContract(use);
    alarmContract(use);
    ledgerAndLeaseContract(use);
  });
}

/** One subject for all tests of a suite; they use names of their own. */
export function subjectOf(make: () => Promise<Subject>): Use {
  let subject: Subject | undefined;
  before(async function () {
    this.timeout(60_000);
    subject = await make();
  });
  after(async () => {
    await subject?.close();
  });
  return () => {
    assert.ok(subject, 'the place under test was not made');
    return subject;
  };
}

export async function keysOf(
  environment: Environment,
  prefix: string,
  options: { folders?: boolean; limit?: number } = {},
): Promise<string[]> {
  const found: ObjectEntry[] = [];
  const list = (page: object) => environment.objects.list(prefix, { ...options, ...page });
  for await (const entry of everyItem(list, options)) found.push(entry);
  return found.map(({ key }) => key);
}

/** What may be written with, as a test asks for it. */
export const writersOf = (use: Use) => use().environment.writers('test writing');
