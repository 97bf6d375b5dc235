import type { ProjectAlarm } from '../../project/alarms/alarm-schema.js';
import type { CallOptions } from './calls.js';

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
  /** What a rule of the bucket is to delete by itself: all below these prefixes, and what this endpoint captured. */
  expires?: { prefixes: readonly string[]; capturedBy?: string };
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
