import type { Project } from '../../../project/schema.js';
import type { Cache } from './cache.js';
import type { Clients } from './clients.js';
import type { AwsSettings } from './settings.js';

/** What the readers and writers of one environment share. */
export interface Account {
  settings: AwsSettings;
  project: Project;
  clients: Clients;
  cache: Cache;
  /** Objects that were found to be ours, `s3://bucket/key`, with the tag of what was looked at. */
  verified: Map<string, string>;
  /** Keeps the number of files that are fetched at a time small. */
  downloads: <Result>(work: () => Promise<Result>) => Promise<Result>;
}
