import type * as vscode from 'vscode';
import type { Changes } from '../session/changes.js';
import type { Session } from '../session/session.js';
import type { BucketLevels } from './buckets/bucket-levels.js';
import { placeText } from './place-text.js';
import type { RunPages } from './run-pages.js';
import type { AllSources } from './sources.js';
import { viewIds, type ViewId } from './view-ids.js';
import { makeView, type View } from './view.js';

export interface Views extends vscode.Disposable {
  of: Record<ViewId, View>;
  buckets: BucketLevels;
  runPages: RunPages;
  /** Looks anew, also at what changes slowly and is otherwise remembered for minutes. */
  refresh: (id: ViewId) => Promise<void>;
  refreshAll: () => Promise<void>;
}

interface Parts {
  session: Session;
  changes: Changes;
  log: vscode.LogOutputChannel;
}

export function makeViews({ sources, runPages }: AllSources, { session, changes, log }: Parts): Views {
  const all = viewIds.map((id) => ({ id, source: sources[id] }));
  // Before the views themselves hear of it, which then list what is open.
  const heard = [
    session.onChange(({ kind }) => {
      if (kind !== 'invalid') all.forEach(({ source }) => source.forget?.());
    }),
    changes.onChange(() => {
      const { shown } = session;
      if (shown) all.forEach(({ source }) => source.written?.(shown));
    }),
  ];
  const of = Object.fromEntries(
    all.map(({ id, source }) => [id, makeView({ id, source, session, changes, log })]),
  ) as Record<ViewId, View>;
  const refresh = async (id: ViewId) => {
    const { lookAnew, forget } = sources[id];
    if (lookAnew) await lookAnew();
    else forget?.();
    await of[id].refresh();
  };
  let folders: string[] = [];
  const showPlace = () => void Object.assign(of[viewIds[0]].tree, placeText(placeOf(session, folders)));
  const countProjects = async () => {
    folders = await session.folders();
    showPlace();
  };
  showPlace();
  const subscriptions = [
    ...heard,
    ...Object.values(of),
    session.onPlace(showPlace),
    session.onChange(() => void countProjects()),
    ...all.flatMap(({ id, source }) => (source.follows ?? []).map((event) => event(() => void of[id].refresh()))),
  ];
  return {
    of,
    buckets: sources['mlops.buckets'],
    runPages,
    refresh,
    refreshAll: async () => void (await Promise.all(viewIds.map(refresh))),
    dispose: () => subscriptions.forEach((one) => void one.dispose()),
  };
}

function placeOf({ shown }: Session, folders: readonly string[]): Parameters<typeof placeText>[0] {
  if (shown === undefined) return undefined;
  const { project, environment, account, readOnlyBecause } = shown;
  const { name, kind, region } = environment;
  return {
    ...{ project: project.file.name, environment: name, kind, region, account: account() },
    ...{ readOnly: readOnlyBecause() !== undefined, nth: folders.indexOf(project.folder) + 1, of: folders.length },
  };
}
