import type { Api } from '../../project/parts/api-schema.js';
import type { CallOptions } from './calls.js';
import type { PageOptions, Page } from './pages.js';

export interface Variant {
  name: string;
  modelVersion: string;
  /** Share of traffic, 0–1. */
  weight: number;
  /** Sees copies of requests, and answers nobody: its answers are captured and compared. */
  shadow?: boolean;
  /** On trial: where it fails, another variant answers in its place. */
  candidate?: boolean;
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
  /** The project's own routes; only where we serve them ourselves. */
  api?: Api;
}

/** What runs behind one variant, where the service says it. */
export interface VariantFleet {
  name: string;
  modelVersion: string;
  /** Shares of traffic, 0–1: what it gets, and what it was asked to get. */
  weight: number;
  desiredWeight: number;
  /** The service's own name of the model that it runs. */
  model?: string;
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
      /** What the caller tells the model's container: `explain=all`. */
      customAttributes?: string;
    },
    options?: CallOptions,
  ): Promise<InvokeAnswer>;
  logs(name: string, options?: CallOptions & { lines?: number }): Promise<string[]>;
}

/** How a service shifts traffic by itself. Where it cannot, the release shifts the variants' weights instead. */
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
  /** Has it write out what it captured and counted so far, where its service does not do that in its own time. */
  flush(name: string, options?: CallOptions): Promise<void>;
  /** Ends a shift of traffic that its service does by itself: what served before serves again, as soon as it can. */
  halt(name: string, options?: CallOptions): Promise<void>;
  stop(name: string, options?: CallOptions): Promise<void>;
  remove(name: string, options?: CallOptions): Promise<void>;
}
