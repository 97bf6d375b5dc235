import type { Workspace } from '../../context.js';

/** What `mlops init` may be told, whatever it begins from. */
export interface InitFlags {
  sample?: boolean;
  scenario: string;
  from?: string;
  target?: string;
  entity?: string;
  time?: string;
  without?: string[];
  horizon?: string;
  nulls?: string;
  decimal?: string;
  encoding?: string;
  sheet?: string;
  positive?: string;
  predictions?: string;
  score?: string[];
  class?: string;
  threshold?: string;
  dryRun?: boolean;
  labels?: string;
  label?: string;
  referenceUntil?: string;
  task?: string;
  url?: string;
  sampleRows?: string;
  token?: string;
  request?: string;
  privateNetwork?: boolean;
  json?: boolean;
  quiet?: boolean;
}

export type At = Pick<Workspace, 'output' | 'signal'>;
