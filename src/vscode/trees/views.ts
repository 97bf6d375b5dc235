import type * as vscode from 'vscode';
import { decisionNow } from '../../gates/decision-now.js';
import type { Runs } from '../runs/runs.js';
import type { Changes } from '../session/changes.js';
import type { Current, Session } from '../session/session.js';
import type { Snapshots } from '../snapshot.js';
import { readSetting } from '../settings.js';
import { makeAccountPipeline, type AccountPipeline } from './account-pipeline.js';
import { makeBucketLevels, type BucketLevels } from './bucket-levels.js';
import { makeEndpointLevels } from './endpoint-levels.js';
import { makeFeatureGroupLevels } from './feature-group-levels.js';
import { leftOutItem } from './error-items.js';
import { dotted, type Item } from './item.js';
import { loadAlarms, loadModels } from './load.js';
import { pipelineItems } from './pipeline.js';
import type { ViewId } from './view-ids.js';
import { makeView, type View } from './view.js';

export interface Views extends vscode.Disposable {
  of: Record<ViewId, View>;
  buckets: BucketLevels;
  /** Looks anew, also at what an account ran by itself. */
  refreshPipeline: () => Promise<void>;
  refreshAll: () => Promise<void>;
  /** Every level that is open, listed anew. */
  refreshBuckets: () => Promise<void>;
  /** Looks anew, also at what changes slowly and is otherwise remembered for minutes: cost, use. */
  refreshEndpoints: () => Promise<void>;
  /** The same for how new the groups are. */
  refreshFeatureGroups: () => Promise<void>;
}

interface Parts {
  session: Session;
  snapshots: Snapshots;
  changes: Changes;
  runs: Runs;
  log: vscode.LogOutputChannel;
}

export function makeViews({ session, snapshots, changes, runs, log }: Parts): Views {
  const shared = { session, changes, log };
  const buckets = makeBucketLevels(() => readSetting('buckets'));
  const endpoints = makeEndpointLevels();
  const groups = makeFeatureGroupLevels();
  const account = makeAccountPipeline();
  const isLocal = () => session.state.kind === 'ready' && session.state.current.environment.kind === 'local';
  const reset = () => [buckets, endpoints, groups].forEach((one) => void one.reset());
  // Before the view itself hears of it, which then lists what is open.
  const levels = [session.onChange(reset), changes.onChange(() => isLocal() && buckets.refresh())];
  const of: Record<ViewId, View> = {
    'mlops.pipeline': makeView({
      id: 'mlops.pipeline',
      ...shared,
      load: (current) => loadPipeline(current, snapshots, runs, account),
      childrenOf: (current, item) => account.children(current, item),
      poll: () => {
        account.forget();
        look(snapshots);
      },
    }),
    'mlops.endpoints': makeView({
      id: 'mlops.endpoints',
      ...shared,
      load: (current) => endpoints.roots(current),
      childrenOf: (current, item) => endpoints.children(current, item),
    }),
    'mlops.alarms': makeView({ id: 'mlops.alarms', ...shared, load: loadAlarms, onShown: showBadge }),
    'mlops.featureGroups': makeView({
      id: 'mlops.featureGroups',
      ...shared,
      load: (current) => groups.roots(current),
      childrenOf: (current, item) => groups.children(current, item),
    }),
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
  const refreshEndpoints = () => {
    endpoints.reset();
    return of['mlops.endpoints'].refresh();
  };
  const refreshFeatureGroups = () => {
    groups.reset();
    return of['mlops.featureGroups'].refresh();
  };
  const showPlace = () => {
    Object.assign(of['mlops.pipeline'].tree, placeText(session));
  };
  showPlace();
  const subscriptions = [
    ...levels,
    ...all,
    session.onPlace(showPlace),
    session.onChange(() => {
      showPlace();
      account.forget();
    }),
    changes.onChange(() => look(snapshots)),
    snapshots.onChange(() => void of['mlops.pipeline'].refresh()),
    runs.onChange(() => void of['mlops.pipeline'].refresh()),
  ];
  return {
    of,
    buckets,
    refreshBuckets,
    refreshEndpoints,
    refreshFeatureGroups,
    refreshPipeline: async () => {
      account.forget();
      await snapshots.refresh().catch(() => undefined);
      await of['mlops.pipeline'].refresh();
    },
    refreshAll: async () => {
      account.forget();
      await snapshots.refresh().catch(() => undefined);
      buckets.refresh();
      [endpoints, groups].forEach((one) => void one.reset());
      await Promise.all(all.map((view) => view.refresh()));
    },
    dispose: () => subscriptions.forEach((one) => void one.dispose()),
  };
}

/** What all views show: the environment beside the first title, and below it whose account in which region it is. */
function placeText({ state }: Session): { description?: string; message?: string } {
  if (state.kind !== 'ready') return { description: undefined, message: undefined };
  const { environment, account, readOnlyBecause } = state.current;
  const mode = readOnlyBecause() === undefined ? 'writing is on' : 'read-only';
  return {
    description: environment.name,
    message: environment.kind === 'local' ? undefined : dotted(account(), environment.region, mode),
  };
}

/** Its failure is the tree's to show. */
function look(snapshots: Snapshots): void {
  snapshots.refresh().catch(() => undefined);
}

async function loadPipeline(
  current: Current,
  snapshots: Snapshots,
  runs: Runs,
  account: AccountPipeline,
): Promise<Item[]> {
  const { status, results, runs: past } = await snapshots.get();
  const now = new Date();
  const decision = results ? decisionNow(results, status.overrides, now) : null;
  const items = pipelineItems({
    status,
    decision,
    runs: past,
    live: runs.live,
    strange: current.environment.strange,
    now,
  });
  const unknown = status.unknown.map(({ part, reason }) => leftOutItem('pipeline', part, new Error(reason)));
  return [...unknown, ...items.slice(0, -1), ...(await account.root(current)), ...items.slice(-1)];
}

function showBadge(tree: vscode.TreeView<Item>, items: readonly Item[]): void {
  const value = items.filter(({ icon }) => icon === 'alarm').length;
  tree.badge = value === 0 ? undefined : { value, tooltip: value === 1 ? '1 alarm' : `${value} alarms` };
}
