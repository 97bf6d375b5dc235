import type * as vscode from 'vscode';
import { decisionNow } from '../../gates/decision-now.js';
import type { Runs } from '../runs/runs.js';
import type { Changes } from '../session/changes.js';
import type { Session } from '../session/session.js';
import type { State } from '../state.js';
import { readSetting } from '../settings.js';
import { makeBucketLevels, type BucketLevels } from './bucket-levels.js';
import type { Item } from './item.js';
import { loadAlarms, loadEndpoints, loadFeatureGroups, loadModels } from './load.js';
import { pipelineItems } from './pipeline.js';
import type { ViewId } from './view-ids.js';
import { makeView, type View } from './view.js';

export interface Views extends vscode.Disposable {
  of: Record<ViewId, View>;
  buckets: BucketLevels;
  refreshAll: () => Promise<void>;
  /** Every level that is open, listed anew. */
  refreshBuckets: () => Promise<void>;
}

interface Parts {
  session: Session;
  state: State;
  changes: Changes;
  runs: Runs;
  log: vscode.LogOutputChannel;
}

export function makeViews({ session, state, changes, runs, log }: Parts): Views {
  const shared = { session, changes, log };
  const buckets = makeBucketLevels(() => readSetting('buckets'));
  const isLocal = () => session.state.kind === 'ready' && session.state.current.environment.kind === 'local';
  // Before the view itself hears of it, which then lists what is open.
  const levels = [session.onChange(() => buckets.reset()), changes.onChange(() => isLocal() && buckets.refresh())];
  const of: Record<ViewId, View> = {
    'mlops.pipeline': makeView({
      id: 'mlops.pipeline',
      ...shared,
      load: () => loadPipeline(state, runs),
      poll: () => look(state),
    }),
    'mlops.endpoints': makeView({ id: 'mlops.endpoints', ...shared, load: loadEndpoints }),
    'mlops.alarms': makeView({ id: 'mlops.alarms', ...shared, load: loadAlarms, onShown: showBadge }),
    'mlops.featureGroups': makeView({ id: 'mlops.featureGroups', ...shared, load: loadFeatureGroups }),
    'mlops.buckets': makeView({
      id: 'mlops.buckets',
      ...shared,
      load: (current) => buckets.roots(current),
      childrenOf: (current, item) => buckets.children(current, item),
      shown: (item) => buckets.shown(item),
      parentOf: (item) => buckets.parentOf(item),
    }),
    'mlops.models': makeView({ id: 'mlops.models', ...shared, load: loadModels }),
  };
  const all = Object.values(of);
  const refreshBuckets = () => {
    buckets.refresh();
    return of['mlops.buckets'].refresh();
  };
  const subscriptions = [
    ...levels,
    ...all,
    changes.onChange(() => look(state)),
    state.onChange(() => void of['mlops.pipeline'].refresh()),
    runs.onChange(() => void of['mlops.pipeline'].refresh()),
  ];
  return {
    of,
    buckets,
    refreshBuckets,
    refreshAll: async () => {
      await state.refresh().catch(() => undefined);
      buckets.refresh();
      await Promise.all(all.map((view) => view.refresh()));
    },
    dispose: () => subscriptions.forEach((one) => void one.dispose()),
  };
}

/** Its failure is the tree's to show. */
function look(state: State): void {
  state.refresh().catch(() => undefined);
}

async function loadPipeline(state: State, runs: Runs): Promise<Item[]> {
  const { status, results, runs: past } = await state.get();
  const now = new Date();
  const decision = results ? decisionNow(results, status.overrides, now) : null;
  return pipelineItems({ status, decision, runs: past, live: runs.live, now });
}

function showBadge(tree: vscode.TreeView<Item>, items: readonly Item[]): void {
  const value = items.filter(({ icon }) => icon === 'alarm').length;
  tree.badge = value === 0 ? undefined : { value, tooltip: value === 1 ? '1 alarm' : `${value} alarms` };
}
