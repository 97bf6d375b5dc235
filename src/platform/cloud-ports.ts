import type { ProjectAlarm } from '../project/alarm-schema.js';
import type { JobMachine } from '../project/job-machine.js';
import type { CallOptions, Page, PageOptions } from './calls.js';

/** What an account offers and one machine does not: jobs, pipelines, dashboards, and finding what carries our tag. */

// Jobs -----------------------------------------------------------------------------------------------------------

export type JobKind = 'processing' | 'training';
export type JobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';
export interface JobSpec {
  kind: JobKind;
  /** Letters, digits and single hyphens; at most 63. Unique in the account and region. */
  name: string;
  /** What the names of all jobs of this project and stage begin with. */
  family: string;
  image: string;
  role: string;
  machine: JobMachine;
  instances: number;
  /** What `mlops` is called with. */
  command: string[];
  /** Prefix of the project's files in the environment's bucket. */
  project: string;
  /** Prefix that a training job's packed model goes below. */
  output: string;
  variables: Record<string, string>;
}
export interface JobInfo {
  kind: JobKind;
  name: string;
  status: JobStatus;
  /** Why it failed, in the container's own words where it left some. */
  reason?: string;
  /** What a training job is doing at the moment: `Downloading`, `Training`, … */
  phase?: string;
}
export interface JobReader {
  /** Names of the environment's own that begin so and are under way, or on their way to stop. */
  running(kind: JobKind, prefix: string, options?: CallOptions): Promise<string[]>;
  describe(kind: JobKind, name: string, options?: CallOptions): Promise<JobInfo | undefined>;
  /** Lines of all its hosts in the order of their times, after those that came with `token`; none yet is no error. */
  logs(
    kind: JobKind,
    name: string,
    options?: CallOptions & { token?: string },
  ): Promise<{ lines: string[]; token: string }>;
}
export interface JobWriter {
  start(spec: JobSpec, options?: CallOptions): Promise<void>;
  /** Asks it to stop; one that ended meanwhile is left as it is. */
  stop(kind: JobKind, name: string, options?: CallOptions): Promise<void>;
}

// Pipelines ------------------------------------------------------------------------------------------------------

export interface PipelineInfo {
  name: string;
  arn: string;
  /** JSON text. */
  definition: string;
  role: string;
  updatedAt: string;
}
export interface PipelineExecution {
  arn: string;
  /** The last part of the ARN. */
  id: string;
  status: string;
  startedAt: string;
  /** Why it failed. */
  reason?: string;
}
export interface PipelineStep {
  name: string;
  /** `Processing`, `Condition`, …; undefined while it has not begun. */
  type?: string;
  status: string;
  startedAt?: string;
  endedAt?: string;
  reason?: string;
  job?: { kind: JobKind; name: string };
  /** Of a condition: `True` or `False`. */
  outcome?: string;
}
export interface PipelineReader {
  describe(name: string, options?: CallOptions): Promise<PipelineInfo | undefined>;
  /** Newest first. */
  executions(name: string, options?: PageOptions): Promise<Page<PipelineExecution>>;
  execution(arn: string, options?: CallOptions): Promise<PipelineExecution | undefined>;
  /** In the order in which they began. */
  steps(arn: string, options?: PageOptions): Promise<Page<PipelineStep>>;
}
export interface PipelineWriter {
  /** Creates or replaces by name. */
  put(
    pipeline: { name: string; description: string; definition: string; role: string },
    options?: CallOptions,
  ): Promise<PipelineInfo>;
  /** Answers with the execution's ARN. The same token starts nothing twice. */
  start(name: string, parameters: Record<string, string>, options?: CallOptions & { token?: string }): Promise<string>;
}

// Machines of endpoints -------------------------------------------------------------------------------------------

export interface Scaled {
  variant: string;
  /** Machines before and now. */
  from: number;
  to: number;
}
export interface FleetWriter {
  /**
   * Changes how many machines serve an endpoint: those of one variant, or of each. Resolves when they serve.
   * @throws InputError for one that is not there, is not in service, or has no machines of its own
   */
  scale(name: string, wish: { instances: number; variant?: string }, options?: CallOptions): Promise<Scaled[]>;
}

/** An endpoint that others made, handed over for releases. */
export interface AdoptionWriter {
  /**
   * Marks it as the project's. Answers whether that changed anything.
   * @throws NoSuchObject when there is none; RefusedError for one of another project or environment
   */
  adopt(name: string, options?: CallOptions): Promise<boolean>;
  /** Takes our marks away: it goes on as it is, and is nobody's of ours. */
  release(name: string, options?: CallOptions): Promise<void>;
}

// Monitoring schedules -------------------------------------------------------------------------------------------

export interface MonitoringSchedule {
  name: string;
  /** `DataQuality`, `ModelQuality`, `ModelBias`, `ModelExplainability`. */
  type: string;
  /** `Scheduled`, `Stopped`, `Pending`, `Failed`. */
  status: string;
  /** As SageMaker writes it: `cron(0 * ? * * *)`. */
  schedule?: string;
  /** Why the schedule itself failed. */
  reason?: string;
  last?: { status: string; scheduledAt: string; reason?: string };
}
export interface ScheduleReader {
  /** Model Monitor's schedules of one endpoint, with their last execution; none where the account has none. */
  list(endpoint: string, options?: CallOptions): Promise<MonitoringSchedule[]>;
}

// Rules by which a bucket forgets --------------------------------------------------------------------------------

export interface LifecycleRule {
  /** Unique in the bucket. */
  id: string;
  /** Objects below it; empty: all of the bucket. */
  prefix: string;
  /** Days after which an object goes. */
  expireDays?: number;
  /** Days after which a version goes that was replaced or deleted. */
  noncurrentDays?: number;
}
export interface LifecycleReader {
  /** Rules of the environment's bucket that this project made, and how many others there are. */
  read(options?: CallOptions): Promise<{ ours: LifecycleRule[]; others: number }>;
  /** What the id of a rule of this project begins with. */
  idPrefix: string;
}
export interface LifecycleWriter {
  /** Makes these the project's rules; others' stay as they are. */
  put(rules: LifecycleRule[], options?: CallOptions): Promise<void>;
}

// Queries over tables that are too large to fetch -----------------------------------------------------------------

export interface QueryAnswer {
  columns: { name: string; type: string }[];
  rows: (string | number | boolean | null)[][];
  /** Whether there are rows beyond these. */
  more: boolean;
  /** The whole result as CSV, `s3://bucket/key`. */
  result: string;
  scannedBytes?: number;
}
export interface QueryWriter {
  /** Runs a SELECT over `records` and `history` of a feature group by Athena, which leaves its result in the bucket. */
  featureGroup(name: string, sql: string, options?: CallOptions & { limit?: number }): Promise<QueryAnswer>;
}

// Dashboards and tagged resources --------------------------------------------------------------------------------

export interface DashboardReader {
  /** The body as JSON text; undefined when there is none of that name. */
  read(name: string, options?: CallOptions): Promise<string | undefined>;
  list(prefix: string, options?: PageOptions): Promise<Page<string>>;
}
export interface DashboardWriter {
  put(name: string, body: string, options?: CallOptions): Promise<void>;
  remove(names: string[], options?: CallOptions): Promise<void>;
}

export type ResourceKind =
  'alarm' | 'endpoint' | 'endpoint-config' | 'model' | 'pipeline' | 'feature-group' | 'model-version' | 'model-group';
export interface TaggedResource {
  kind: ResourceKind;
  name: string;
  arn: string;
  /** Others made it, and a person handed it over: it is given back, not deleted. */
  adopted?: boolean;
}
export interface ResourceReader {
  /**
   * Everything that carries the project's and the environment's tag, in an order in which it can be deleted; with
   * `kinds` of these alone. Left out is what an endpoint of somebody else serves with.
   */
  tagged(options?: CallOptions & { kinds?: readonly ResourceKind[] }): Promise<TaggedResource[]>;
}
export interface ResourceWriter {
  /** Deletes one; the tag is looked at once more before. @throws RefusedError when it does not carry it */
  remove(resource: TaggedResource, options?: CallOptions): Promise<void>;
}

// What stands in the way -------------------------------------------------------------------------------------------

/** What somebody is about to write, as far as it is known before the first write. */
export interface Intent {
  /** Feature groups that are made, or changed and added to. */
  featureGroups?: readonly string[];
  /** The model group that a version is registered in. */
  modelGroup?: string;
  alarms?: readonly ProjectAlarm[];
  dashboards?: readonly string[];
  pipeline?: string;
  /** Absent `version`: the one that is registered on the way. */
  endpoint?: { name: string; group: string; version?: string };
}
/** One thing that would stop it half-way. */
export interface Obstacle {
  /** `others`: somebody else's property; `missing`: something that the user can set. */
  kind: 'others' | 'missing';
  text: string;
}
export interface IntentReader {
  /** All of them at once; nothing is changed. */
  obstacles(intent: Intent, options?: CallOptions): Promise<Obstacle[]>;
}

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
