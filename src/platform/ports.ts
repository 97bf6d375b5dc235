import type { ProjectAlarm } from '../project/alarm-schema.js';
import type { AlarmDefinition } from '../project/schema.js';
import type { LedgerEntry } from '../documents/ledger.js';
import type { CallOptions, Page, PageOptions } from './calls.js';
import type { CloudReaders, CloudWriters } from './cloud-ports.js';

/**
 * What the engine needs of a place to run. Two adapters answer these ports: `local/` and `aws/`.
 * Readers only look. Writers change something and are handed out by `Environment.writers`, which asks the guard first;
 * a read-only environment has none. Every call can be cancelled; every list is paged.
 */

export type { CallOptions, Page, PageOptions };

// Objects --------------------------------------------------------------------------------------------------------

export interface BucketInfo {
  name: string;
  createdAt?: string;
}
export type ObjectEntry =
  { kind: 'folder'; key: string } | { kind: 'object'; key: string; size: number; modifiedAt: string };

export interface InBucket extends CallOptions {
  /** Default: the environment's own bucket. */
  bucket?: string;
}

/** A part of an object; default: all of it. */
export interface ByteRange {
  /** The first byte, counted from 0. */
  from?: number;
  maxBytes?: number;
}

export interface ObjectReader {
  buckets(options?: PageOptions): Promise<Page<BucketInfo>>;
  /** Sorted by key. With `folders`, keys below the next `/` are folded into one folder entry. */
  list(prefix: string, options?: PageOptions & InBucket & { folders?: boolean }): Promise<Page<ObjectEntry>>;
  /** undefined when there is no such object. */
  head(key: string, options?: InBucket): Promise<{ size: number; modifiedAt: string } | undefined>;
  /** undefined when there is no such object; nothing where `from` lies behind its end. */
  read(key: string, options?: InBucket & ByteRange): Promise<Uint8Array | undefined>;
  /** Path of a file on this machine with the object's bytes, fetched into a cache when it lies elsewhere. */
  file(key: string, options?: InBucket): Promise<string>;
}
export interface PutOptions extends CallOptions {
  /** Only when there is no such object. */
  ifAbsent?: boolean;
  /** Only when the object's bytes have this SHA-256 (lower-case hex): nobody replaced what was read. */
  ifMatch?: string;
  /** Also what somebody else wrote: only where a person named exactly this object. */
  takeOver?: boolean;
}
/** In a place that others write to as well, what they wrote is neither replaced nor removed. */
export interface ObjectWriter {
  /** @throws ConflictError when a condition does not hold, RefusedError for what others wrote; nothing is written then */
  put(key: string, body: Uint8Array | string, options?: PutOptions): Promise<void>;
  /** Takes over a finished file of this machine (it may be moved). */
  putFile(key: string, path: string, options?: CallOptions): Promise<void>;
  remove(key: string, options?: CallOptions & Pick<PutOptions, 'takeOver'>): Promise<void>;
}

// Features -------------------------------------------------------------------------------------------------------

export interface FeatureDefinition {
  name: string;
  type: 'Integral' | 'Fractional' | 'String';
}
export interface FeatureGroup {
  name: string;
  status: string;
  createdAt: string;
  recordId: string;
  eventTime: string;
  features: FeatureDefinition[];
  /** Records that are not deleted; undefined where counting would need a query. */
  rows?: number;
  updatedAt?: string;
  /** Prefix of its Parquet files in the bucket; `s3://bucket/prefix` in another one. */
  prefix?: string;
  /** Whether it answers single records at once, and whether it keeps files; absent where that is not said. */
  online?: boolean;
  offline?: boolean;
}
export interface ListedFeatureGroup {
  name: string;
  status: string;
  createdAt: string;
}
export interface FeatureReader {
  /** Cheap for any number of groups: none is described. */
  list(options?: PageOptions): Promise<Page<ListedFeatureGroup>>;
  describe(name: string, options?: CallOptions): Promise<FeatureGroup | undefined>;
  /** Local paths of all its Parquet files, for DuckDB. Offline-store columns included. */
  files(name: string, options?: CallOptions): Promise<string[]>;
}
export interface FeatureWriter {
  /** Creates the group or updates its schema; keeps its name and creation time. */
  define(group: Omit<FeatureGroup, 'status' | 'createdAt'>, options?: CallOptions): Promise<void>;
  /** Adds one finished Parquet file (with the offline-store columns) under the partition of its event time. */
  append(name: string, path: string, eventTime: Date, options?: CallOptions): Promise<string>;
}

// Registry -------------------------------------------------------------------------------------------------------

export type ApprovalStatus = 'Approved' | 'PendingManualApproval' | 'Rejected';
export interface ModelVersion {
  group: string;
  /** `v1`, `v2`, … */
  version: string;
  status: ApprovalStatus;
  description: string;
  createdAt: string;
  /** Prefix of its artifacts in the bucket, e.g. `artifacts/models/v3/`. */
  artifacts: string;
  /** sha256 of `model.tar.gz`: model and preprocessing are one artifact. */
  sha256: string;
  name: string;
  family: string;
  metrics: Record<string, number | null>;
  metadata: Record<string, string>;
}
export interface RegistryReader {
  groups(options?: PageOptions): Promise<Page<string>>;
  /** Newest first. */
  list(group: string, options?: PageOptions): Promise<Page<ModelVersion>>;
  get(group: string, version: string, options?: CallOptions): Promise<ModelVersion | undefined>;
}
export interface RegistryWriter {
  /** The version that the next `register` takes. */
  nextVersion(group: string, options?: CallOptions): Promise<string>;
  register(version: ModelVersion, options?: CallOptions): Promise<void>;
  setStatus(group: string, version: string, status: ApprovalStatus, why: string, options?: CallOptions): Promise<void>;
}

// Endpoints ------------------------------------------------------------------------------------------------------

export interface Variant {
  name: string;
  modelVersion: string;
  /** Share of traffic, 0–1. */
  weight: number;
}
/** What an endpoint was asked to be. */
export interface EndpointConfig {
  name: string;
  group: string;
  variants: Variant[];
  /** Sampled share of requests that is captured, 0–1. */
  capture: number;
  /** Set when a version serves that never passed its own gates. */
  notProven?: boolean;
}
/** What runs behind one variant, where the service says it. */
export interface VariantFleet {
  name: string;
  modelVersion: string;
  /** Shares of traffic, 0–1: what it gets, and what it was asked to get. */
  weight: number;
  desiredWeight: number;
  /** The machine's type; absent for a serverless variant. */
  instance?: string;
  instances?: number;
  desiredInstances?: number;
  /** Sees copies of requests, and answers nobody. */
  shadow?: boolean;
}
export type EndpointStatus = 'Creating' | 'Updating' | 'InService' | 'Stopped' | 'Failed' | 'Deleting' | 'OutOfService';
export interface EndpointInfo {
  name: string;
  status: EndpointStatus;
  url?: string;
  createdAt: string;
  config: EndpointConfig;
  /** What it really serves, from its own answer; undefined when it does not answer. */
  serving?: Variant[];
  /** Where its requests are captured, `s3://bucket/prefix`; each below `<endpoint>/<variant>/`. */
  capturedTo?: string;
  /** The machine that serves it. */
  instance?: string;
  /** What runs behind each variant; absent where the service tells nothing of it. */
  fleet?: VariantFleet[];
  /** The service's own name of the configuration that serves. */
  configName?: string;
  /** In words, where it does not serve the configuration that was asked for, whatever its status says. */
  drift?: string;
  /** Whether it is the project's: the one of mlops.json, or one that was deployed from here. */
  ours: boolean;
  /** When its configuration or machines last changed, ISO 8601. */
  changedAt?: string;
  /** The configuration before this one, kept for rollback. */
  previous?: EndpointConfig;
  tokenFile?: string;
  credentialsFile?: string;
  pid?: number;
  reason?: string;
}
export interface InvokeAnswer {
  status: number;
  contentType: string;
  body: Uint8Array;
  variant?: string;
}
export interface ListedEndpoint {
  name: string;
  status: EndpointStatus;
  url?: string;
  /** Whether it is the project's; an account shows others' too. */
  ours: boolean;
}
export interface EndpointReader {
  /** Cheap for any number of endpoints: none is described. */
  list(options?: PageOptions): Promise<Page<ListedEndpoint>>;
  /** Asks the endpoint itself what it serves. */
  describe(name: string, options?: CallOptions): Promise<EndpointInfo | undefined>;
  invoke(
    name: string,
    request: {
      body: Uint8Array | string;
      contentType: string;
      accept?: string;
      variant?: string;
      inferenceId?: string;
    },
    options?: CallOptions,
  ): Promise<InvokeAnswer>;
  logs(name: string, options?: CallOptions & { lines?: number }): Promise<string[]>;
}
/** How a service shifts traffic by itself. Where it cannot, whoever releases shifts the variants' weights instead. */
export interface Rollout {
  strategy: 'all-at-once' | 'canary' | 'linear';
  /** Share of the new fleet in the first step (canary, at most 0.5) or in each (linear, 0.1 to 0.5). */
  step?: number;
  /** How long each step is watched. */
  waitSeconds: number;
  /** Any of these in ALARM takes everything back. */
  alarms: readonly string[];
}
export interface EndpointWriter {
  /** Creates or updates; resolves only when the endpoint itself answers with this configuration. */
  deploy(config: EndpointConfig, options?: CallOptions & { rollout?: Rollout }): Promise<EndpointInfo>;
  start(name: string, options?: CallOptions): Promise<EndpointInfo>;
  stop(name: string, options?: CallOptions): Promise<void>;
  remove(name: string, options?: CallOptions): Promise<void>;
}

// Metrics and alarms ---------------------------------------------------------------------------------------------

export interface Datapoint {
  /** Start of the period, ISO 8601. */
  at: string;
  value: number;
}
export interface MetricQuery {
  namespace: string;
  metric: string;
  dimensions: Record<string, string>;
  /** `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, `p99`, … */
  statistic: string;
  /** Seconds. */
  period: number;
  from: Date;
  to: Date;
}
export interface MetricReader {
  query(query: MetricQuery, options?: CallOptions): Promise<Datapoint[]>;
}
export interface MetricDatum {
  metric: string;
  dimensions: Record<string, string>;
  value: number;
  /** How often this value was observed; default 1. Several data with counts are a distribution. */
  count?: number;
  unit?: string;
  at: Date;
}
export interface MetricWriter {
  put(namespace: string, data: MetricDatum[], options?: CallOptions): Promise<void>;
}

export type AlarmStateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
/** How an alarm judges that is not one metric against one number: shown, and changed by its owner alone. */
export interface AlarmRule {
  kind: 'expression' | 'band' | 'composite';
  /** In words, with what it is made of. */
  text: string;
  /** Endpoints whose metrics it judges, and alarms that it is made of. */
  endpoints: string[];
  alarms: string[];
}
export interface AlarmState {
  name: string;
  /** Absent where `rule` says how it judges. */
  definition?: AlarmDefinition;
  rule?: AlarmRule;
  state: AlarmStateValue;
  since: string;
  /** In words, with the datapoints that decided. */
  reason: string;
  latest?: number;
  /** Beside `rule`: what mlops.json would say to have it, where it could. */
  asked?: Exclude<ProjectAlarm, AlarmDefinition>;
}
export interface AlarmReader {
  list(options?: PageOptions): Promise<Page<AlarmState>>;
  history(
    name: string,
    options?: PageOptions,
  ): Promise<Page<{ at: string; from: AlarmStateValue; to: AlarmStateValue; reason: string }>>;
}
export interface AlarmWriter {
  /** Creates or updates by name; an updated alarm keeps its state. */
  put(definitions: ProjectAlarm[], options?: CallOptions): Promise<void>;
  remove(names: string[], options?: CallOptions): Promise<void>;
  /** Evaluates now and records transitions in the history; only the lease holder calls this. */
  record(options?: CallOptions): Promise<AlarmState[]>;
}

// Ledger and lease -----------------------------------------------------------------------------------------------

export interface LedgerReader {
  /** Newest first. */
  list(options?: PageOptions): Promise<Page<LedgerEntry>>;
}
export interface LedgerWriter {
  append(entry: LedgerEntry, options?: CallOptions): Promise<void>;
}

export interface LeaseHolder {
  /** `run 20261121-…`, `release …`. */
  purpose: string;
  pid: number;
  host: string;
  startedAt: string;
  /** How to free it by hand, where nothing here can tell whether its holder still lives. */
  freedBy?: string;
}
export interface Lease {
  release(): Promise<void>;
}
export interface LeaseWriter {
  /**
   * One holder a project and environment. A dead holder on this machine is taken over at once, and `onTakeOver` told.
   * While another lives: `onWait` is told who once, and the call waits until it is free or cancelled.
   */
  acquire(
    purpose: string,
    options?: CallOptions & { onWait?(holder: LeaseHolder): void; onTakeOver?(holder: LeaseHolder): void },
  ): Promise<Lease>;
}
export interface LeaseReader {
  holder(options?: CallOptions): Promise<LeaseHolder | undefined>;
}

// Access ---------------------------------------------------------------------------------------------------------

/** Whether the user may do one thing that the project needs. */
export interface AccessCheck {
  /** IAM's name: `s3:GetObject`. */
  action: string;
  resource: string;
  for: 'read' | 'write';
  /** null: could not be found out without changing something, and `reason` says why. */
  allowed: boolean | null;
  reason?: string;
}
export interface AccessReader {
  check(options?: CallOptions): Promise<AccessCheck[]>;
  /** The smallest IAM policy document for looking, or for everything. */
  policy(kind: 'read' | 'full', options?: CallOptions): Promise<object>;
}

// The place ------------------------------------------------------------------------------------------------------

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

/** Every item of a paged list, page after page. */
export async function* everyItem<Item>(
  list: (options: PageOptions) => Promise<Page<Item>>,
  options: PageOptions = {},
): AsyncGenerator<Item> {
  let token: string | undefined = options.token;
  do {
    const page: Page<Item> = await list({ ...options, token });
    yield* page.items;
    token = page.next;
  } while (token !== undefined);
}
