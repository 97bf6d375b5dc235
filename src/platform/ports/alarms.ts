import type { ProjectAlarm, WantedAlarm } from '../../project/alarms/alarm-schema.js';
import type { AlarmDefinition } from '../../project/schema.js';
import type { CallOptions } from './calls.js';
import type { PageOptions, Page } from './pages.js';

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
  /** What it does when it goes off; absent on this machine, where alarms only show. */
  actions?: { enabled: boolean; targets: string[] };
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
  /** Creates or updates by name; an updated alarm keeps its state, and whom it told before. Topics count in an account alone. */
  put(definitions: WantedAlarm[], options?: CallOptions): Promise<void>;
  remove(names: string[], options?: CallOptions): Promise<void>;
  /** Evaluates now and records transitions in the history; only the lease holder calls this. */
  record(options?: CallOptions): Promise<AlarmState[]>;
}
