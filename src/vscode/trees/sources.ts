import type { Runs } from '../runs/runs.js';
import type { Snapshots } from '../snapshot.js';
import { makeBucketLevels, type BucketLevels } from './buckets/bucket-levels.js';
import { makeEndpointLevels } from './endpoints/endpoint-levels.js';
import { makeFeatureGroupLevels } from './feature-group-levels.js';
import { alarmBadge, loadAlarms, loadModels } from './load.js';
import { pipelineSource } from './pipeline-source.js';
import { makeRunPages, type RunPages } from './run-pages.js';
import type { TreeSource } from './tree-source.js';
import type { ViewId } from './view-ids.js';

interface Parts {
  snapshots: Snapshots;
  runs: Runs;
  /** Names of buckets that the user wants to see besides. */
  addedBuckets: () => readonly string[];
}

/** What every view shows. */
export type Sources = Record<ViewId, TreeSource> & { 'mlops.buckets': BucketLevels };

export interface AllSources {
  sources: Sources;
  runPages: RunPages;
}

export function makeSources({ snapshots, runs, addedBuckets }: Parts): AllSources {
  const runPages = makeRunPages(async (...asked) => (await import('../project-work.js')).wholeRun(...asked));
  const sources: Sources = {
    'mlops.pipeline': pipelineSource(snapshots, runs, runPages),
    'mlops.endpoints': makeEndpointLevels(),
    'mlops.alarms': { roots: loadAlarms, badge: alarmBadge },
    'mlops.featureGroups': makeFeatureGroupLevels(),
    'mlops.buckets': makeBucketLevels(addedBuckets),
    'mlops.models': { roots: loadModels },
  };
  return { sources, runPages };
}
