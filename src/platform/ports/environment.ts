import type { AccessReader } from './access.js';
import type { AdoptionWriter } from './adoption.js';
import type { AlarmWriter, AlarmReader } from './alarms.js';
import type { CallOptions } from './calls.js';
import type { DashboardReader, DashboardWriter } from './dashboards.js';
import type { EndpointWriter, EndpointReader } from './endpoints.js';
import type { FeatureWriter, FeatureReader } from './features.js';
import type { FleetWriter } from './fleet.js';
import type { IntentReader } from './intents.js';
import type { JobReader, JobWriter } from './jobs.js';
import type { LeaseWriter, LeaseReader } from './lease.js';
import type { LedgerWriter, LedgerReader } from './ledger.js';
import type { LifecycleReader, LifecycleWriter } from './lifecycle.js';
import type { MetricWriter, MetricReader } from './metrics.js';
import type { ObjectWriter, ObjectReader } from './objects.js';
import type { PipelineReader, PipelineWriter } from './pipelines.js';
import type { QueryWriter } from './queries.js';
import type { RegistryWriter, RegistryReader } from './registry.js';
import type { ResourceReader, ResourceWriter } from './resources.js';
import type { ScheduleReader } from './schedules.js';

/**
 * What the engine needs of a place to run. Two adapters answer these ports: `local/` and `aws/`.
 * Readers only look. Writers change something and are handed out by `Environment.writers`, which asks the guard first;
 * a read-only environment has none. Every call can be cancelled; every list is paged.
 */
export interface Writers {
  objects: ObjectWriter;
  features: FeatureWriter;
  registry: RegistryWriter;
  endpoints: EndpointWriter;
  metrics: MetricWriter;
  alarms: AlarmWriter;
  ledger: LedgerWriter;
  lease: LeaseWriter;
  cloud?: CloudWriters;
}

export interface Environment {
  name: string;
  kind: 'local' | 'aws';
  /** The project's own bucket here. */
  bucket: string;
  region?: string;
  profile?: string;
  account?(options?: CallOptions): Promise<string>;
  /** Variables that let a process of ours work here without asking its user again. They hold a session: never log them. */
  forProcess?(): Promise<Record<string, string>>;
  /** Whether `writers` would be refused now. */
  readOnly: boolean;
  /** Why, with what would change that; undefined while writing is on. */
  readOnlyBecause?: string;
  /** What of a stranger's is not believed here, in a sentence; undefined when there is nothing of the kind. */
  strange?: string;
  objects: ObjectReader;
  features: FeatureReader;
  registry: RegistryReader;
  endpoints: EndpointReader;
  metrics: MetricReader;
  alarms: AlarmReader;
  ledger: LedgerReader;
  lease: LeaseReader;
  /** What only an account has; absent on this machine. */
  cloud?: CloudReaders;
  /** Where rights are given to users one by one. */
  access?: AccessReader;
  /** Asks the guard; throws RefusedError in a read-only environment, naming what was refused. */
  writers(purpose: string): Writers;
}

/** What an account offers and one machine does not: jobs, pipelines, dashboards, and finding what carries our tag. */
export interface CloudReaders {
  intents: IntentReader;
  jobs: JobReader;
  pipelines: PipelineReader;
  dashboards: DashboardReader;
  resources: ResourceReader;
  schedules: ScheduleReader;
  lifecycle: LifecycleReader;
}

export interface CloudWriters {
  jobs: JobWriter;
  pipelines: PipelineWriter;
  dashboards: DashboardWriter;
  resources: ResourceWriter;
  fleet: FleetWriter;
  adoption: AdoptionWriter;
  lifecycle: LifecycleWriter;
  queries: QueryWriter;
}
