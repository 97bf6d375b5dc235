import * as vscode from 'vscode';
import { messageOf } from '../common/errors.js';
import { offerToAssistants } from './assistants.js';
import { offerAuthoring } from './authoring/authoring.js';
import { registerCommands, showError, type Handlers } from './commands/register.js';
import { makeContexts } from './contexts.js';
import type { EditorServices } from './editor-services.js';
import { registerGridEditors } from './grid/editors.js';
import { makePlaces } from './objects/places.js';
import { registerPreviewEditor } from './objects/preview-editor.js';
import { registerObjectFileSystem } from './objects/provider.js';
import { makeOverrides } from './overrides/overrides.js';
import { syncSettings } from './overrides/settings-sync.js';
import { makeComparisons } from './report/comparison.js';
import { registerReportEditors } from './report/editor.js';
import type { ReportHostParts } from './report/host.js';
import { makePageCommands } from './report/page-commands.js';
import { makePagePanels } from './report/page-panels.js';
import { makeReportPanel } from './report/panel.js';
import { makeRowsDocuments } from './report/rows-document.js';
import { makeRuns, type Runs } from './runs/runs.js';
import { makeRunsPage } from './runs-page/page.js';
import { watchChanges } from './session/changes.js';
import { isTheUsersToOpen } from './session/current.js';
import { tellExpiredAgain } from './session/expired.js';
import { makeSession, noProjectText, type Session } from './session/session.js';
import { watchSignIn } from './session/sign-in-files.js';
import { readSetting } from './settings.js';
import { makeJustMade, showOnOpen } from './show-on-open.js';
import { makeSnapshots, type Snapshots } from './snapshot.js';
import { makeStatusBar } from './status-bar/status-bar.js';
import { makeSources } from './trees/sources.js';
import { makeViews, type Views } from './trees/views.js';
import { makeWindowWatcher, type WindowWatcher } from './watching/window-watcher.js';

/** What the extension offers to other extensions, and to its own tests: the same things that people see, as data. */
export interface Api {
  session: Session;
  snapshots: Snapshots;
  runs: Runs;
  views: Views;
  watcher: WindowWatcher;
}

/** Puts the editor's part together. Everything is disposed with the extension, in reverse order. */
export function start(context: vscode.ExtensionContext, services: EditorServices): Api {
  const keep = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.unshift(part);
    return part;
  };
  const log = keep(vscode.window.createOutputChannel('MLOps Workbench', { log: true }));
  const contexts = makeContexts();
  const session = keep(makeSession(services, contexts));
  const snapshots = keep(makeSnapshots(session));
  const changes = keep(watchChanges(session));
  const places = keep(makePlaces(session, noProjectText));
  const objects = keep(registerObjectFileSystem(session, places));
  keep(watchSignIn(session, services, tellExpiredAgain));
  const runs = keep(makeRuns({ session, services, contexts, log, memory: context.workspaceState }));
  const overrides = makeOverrides(session, snapshots);
  const sync = keep(syncSettings(session, snapshots, overrides, (error) => showError(String(error))));
  const sources = makeSources({ snapshots, runs, addedBuckets: () => readSetting('buckets') });
  const views = keep(makeViews(sources, { session, changes, log }));
  const failed = (error: unknown) => log.error(`mlops.buckets: ${messageOf(error)}`);
  views.buckets.listen({ failed, refreshed: objects.refresh });
  const rows = keep(makeRowsDocuments());
  const { extensionUri } = context;
  const reports: ReportHostParts = {
    extensionUri,
    snapshots,
    log,
    act: makePageCommands(session, services, () => comparisons),
  };
  const comparisons = keep(makeComparisons(reports, session));
  const panel = keep(makeReportPanel(reports, session));
  const pages = keep(makePagePanels(reports));
  const memory = context.workspaceState;
  const runsPage = keep(makeRunsPage({ extensionUri, session, snapshots, log, memory, compare: comparisons.openRuns }));
  keep(registerReportEditors(reports));
  keep(registerPreviewEditor(reports, session, services, places));
  keep(registerGridEditors({ extensionUri, log, session, services, places }));
  const watcher = keep(
    makeWindowWatcher({
      ...{ session, services, changes, contexts, memory },
      failed: (error) => log.error(`watching: ${messageOf(error)}`),
    }),
  );
  keep(makeStatusBar({ session, snapshots, runs, sync, watcher }));

  const justMade = makeJustMade(context.globalState);
  const parts = {
    ...{ session, services, snapshots, runs, overrides, sync, views, places },
    ...{ panel, pages, runsPage, rows, watcher, justMade, log },
  };
  let made: Promise<Handlers> | undefined;
  const handlers = () => (made ??= import('./commands/all.js').then(({ makeHandlers }) => makeHandlers(parts)));
  const guard = {
    ask: (purpose: string) => void session.requireWritable(purpose),
    isTheUsersToOpen: () => session.state.kind === 'ready' && isTheUsersToOpen(session.state.current),
  };
  keep(registerCommands(handlers, guard, log));

  keep(offerAuthoring({ session, services, snapshots, changes, log }));

  const { contributes } = context.extension.packageJSON as { contributes: { languageModelTools: { name: string }[] } };
  keep(offerToAssistants({ session, services, tools: contributes.languageModelTools }));

  // A person who opens a project, or comes back to one, finds what runs there.
  const takeUp = () => {
    snapshots.refresh().catch(() => undefined);
    runs.find().catch((error: unknown) => log.error(String(error)));
  };
  keep(session.onChange(({ kind }) => kind === 'ready' && takeUp()));
  keep(changes.onChange(() => void runs.find().catch(() => undefined)));
  keep(snapshots.onChange(() => contexts.set('mlops.judged', (snapshots.last?.status.verdict ?? null) !== null)));
  keep(showOnOpen(session, panel, justMade, (error) => log.error(`mlops.showOnOpen: ${messageOf(error)}`)));
  void session.reload();
  return { session, snapshots, runs, views, watcher };
}
