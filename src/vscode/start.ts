import * as vscode from 'vscode';
import { messageOf } from '../common/errors.js';
import { accountCommands } from './commands/account-commands.js';
import { registerModelCommands } from './commands/model-register-commands.js';
import { scoreCommands } from './commands/tables/score-commands.js';
import { trustCommands } from './commands/trust-commands.js';
import { alarmCommands } from './commands/alarm-commands.js';
import { applyCommands } from './commands/apply-commands.js';
import { batchCommands } from './commands/tables/batch-commands.js';
import { bucketCommands } from './commands/bucket-commands.js';
import { endpointCommands } from './commands/endpoint-commands.js';
import { gateCommands } from './commands/gate-commands.js';
import { historyCommands } from './commands/history-commands.js';
import { featureGroupCommands } from './commands/feature-group-commands.js';
import { modelCommands } from './commands/model-commands.js';
import { objectCommands } from './commands/object-commands.js';
import { overrideCommands } from './commands/override-commands.js';
import { pipelineCommands } from './commands/pipeline-commands.js';
import { projectCommands } from './commands/project-commands.js';
import { registerCommands, showError } from './commands/register.js';
import { reportCommands } from './commands/report-commands.js';
import { runCommands } from './commands/run-commands.js';
import { waiverCommands } from './commands/waiver-commands.js';
import { makeContexts } from './contexts.js';
import type { EditorServices } from './editor-services.js';
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
import { watchChanges } from './session/changes.js';
import { isTheUsersToOpen } from './session/current.js';
import { tellExpiredAgain } from './session/expired.js';
import { makeSession, noProjectText, type Session } from './session/session.js';
import { watchSignIn } from './session/sign-in-files.js';
import { readSetting } from './settings.js';
import { showOnOpen } from './show-on-open.js';
import { makeSnapshots, type Snapshots } from './snapshot.js';
import { makeStatusBar } from './status-bar/status-bar.js';
import { makeSources } from './trees/sources.js';
import { byRefresh } from './trees/view-ids.js';
import { makeViews, type Views } from './trees/views.js';

/** What the extension offers to other extensions, and to its own tests: the same things that people see, as data. */
export interface Api {
  session: Session;
  snapshots: Snapshots;
  runs: Runs;
  views: Views;
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
  keep(registerReportEditors(reports));
  keep(registerPreviewEditor(reports, session, services, places));
  keep(makeStatusBar(session, snapshots, runs, sync));

  const handlers = {
    ...runCommands(runs, snapshots, overrides),
    ...overrideCommands(overrides, sync, snapshots),
    ...waiverCommands(session, snapshots),
    ...gateCommands(session, pages),
    ...historyCommands(session, pages),
    ...modelCommands(session, views),
    ...endpointCommands(session, views, rows),
    ...alarmCommands(session, places, pages),
    ...featureGroupCommands(session, services, pages),
    ...bucketCommands(session, views),
    ...objectCommands(session, views),
    ...projectCommands(session, services),
    ...reportCommands(session, services, panel),
    ...pipelineCommands(session, views, rows),
    ...applyCommands(session, views, rows),
    ...accountCommands(session),
    ...trustCommands(session),
    ...registerModelCommands(session, views, services),
    ...scoreCommands(session, services),
    ...batchCommands(session, snapshots, services),
    ...refreshCommands(session, views),
    'mlops.showLog': () => log.show(true),
  };
  const guard = {
    ask: (purpose: string) => void session.requireWritable(purpose),
    isTheUsersToOpen: () => session.state.kind === 'ready' && isTheUsersToOpen(session.state.current),
  };
  keep(registerCommands(handlers, guard, log));

  // A person who opens a project, or comes back to one, finds what runs there.
  const takeUp = () => {
    snapshots.refresh().catch(() => undefined);
    runs.find().catch((error: unknown) => log.error(String(error)));
  };
  keep(session.onChange(({ kind }) => kind === 'ready' && takeUp()));
  keep(changes.onChange(() => void runs.find().catch(() => undefined)));
  keep(showOnOpen(session, panel, (error) => log.error(`mlops.showOnOpen: ${messageOf(error)}`)));
  void session.reload();
  return { session, snapshots, runs, views };
}

/** A person who looks again by hand is told again what is wrong. */
function refreshCommands(session: Session, { refresh, refreshAll }: Views) {
  return {
    'mlops.refresh': async () => {
      tellExpiredAgain();
      await Promise.all([session.askAccount(), refreshAll()]);
    },
    ...byRefresh((id) => () => refresh(id)),
  };
}
