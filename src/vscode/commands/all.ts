import type * as vscode from 'vscode';
import { accountCommands } from './account-commands.js';
import { alarmCommands } from './alarm-commands.js';
import { applyCommands } from './apply-commands.js';
import { batchCommands } from './tables/batch-commands.js';
import { bucketCommands } from './bucket-commands.js';
import { causeCommands } from './cause-commands.js';
import { dashboardCommands } from './dashboard-commands.js';
import { endpointCommands } from './endpoint-commands.js';
import { featureGroupCommands } from './feature-group-commands.js';
import { gateCommands } from './gate-commands.js';
import { historyCommands } from './history-commands.js';
import { releaseCommands } from './release-commands.js';
import { modelCommands } from './model-commands.js';
import { objectCommands } from './object-commands.js';
import { overrideCommands } from './override-commands.js';
import { pipelineCommands } from './pipeline-commands.js';
import { projectCommands } from './projects/project-commands.js';
import { registerModelCommands } from './model-register-commands.js';
import { reportCommands } from './report-commands.js';
import { runCommands } from './run-commands.js';
import { scoreCommands } from './tables/score-commands.js';
import { trustCommands } from './trust-commands.js';
import { waiverCommands } from './waiver-commands.js';
import { watchCommands } from './watch-commands.js';
import type { EditorServices } from '../editor-services.js';
import type { Places } from '../objects/places.js';
import type { Overrides } from '../overrides/overrides.js';
import type { SettingsSync } from '../overrides/settings-sync.js';
import type { PagePanels } from '../report/page-panels.js';
import type { ReportPanel } from '../report/panel.js';
import type { RowsDocuments } from '../report/rows-document.js';
import type { Runs } from '../runs/runs.js';
import type { RunsPage } from '../runs-page/page.js';
import { tellExpiredAgain } from '../session/expired.js';
import type { Session } from '../session/session.js';
import type { JustMade } from '../show-on-open.js';
import type { Snapshots } from '../snapshot.js';
import { byRefresh } from '../trees/view-ids.js';
import type { Views } from '../trees/views.js';
import type { WindowWatcher } from '../watching/window-watcher.js';
import type { Handlers } from './register.js';

/** What the commands work with: the window's parts. */
export interface CommandParts {
  session: Session;
  services: EditorServices;
  snapshots: Snapshots;
  runs: Runs;
  overrides: Overrides;
  sync: SettingsSync;
  views: Views;
  places: Places;
  panel: ReportPanel;
  pages: PagePanels;
  runsPage: RunsPage;
  rows: RowsDocuments;
  justMade: JustMade;
  watcher: WindowWatcher;
  log: vscode.LogOutputChannel;
}

/**
 * What every command does, with the operations behind it: imported by the first that is called, by `import()` alone. A
 * window knows its commands by their ids until then.
 */
export function makeHandlers(parts: CommandParts): Handlers {
  const { session, services, snapshots, runs, overrides, sync, views, places, panel, pages, runsPage, rows } = parts;
  const { justMade, watcher, log } = parts;
  return {
    ...runCommands(runs, snapshots, overrides),
    ...overrideCommands(overrides, sync, snapshots),
    ...waiverCommands(session, snapshots),
    ...causeCommands(session, snapshots, rows),
    ...gateCommands(session, pages),
    ...historyCommands(session, pages),
    ...releaseCommands(session, views, pages),
    ...modelCommands(session, views),
    ...endpointCommands(session, views, rows),
    ...alarmCommands(session, places, pages),
    ...watchCommands(session, watcher),
    ...dashboardCommands(session, places, pages),
    ...featureGroupCommands(session, services, pages),
    ...bucketCommands(session, views),
    ...objectCommands(session, views),
    ...projectCommands(session, services, justMade),
    ...reportCommands(session, services, panel),
    ...pipelineCommands(session, views, rows),
    ...applyCommands(session, views, rows),
    ...accountCommands(session),
    ...trustCommands(session),
    ...registerModelCommands(session, views, services),
    ...scoreCommands(session, services),
    ...batchCommands(session, snapshots, services),
    ...refreshCommands(session, views),
    'mlops.openRuns': () => {
      session.require();
      runsPage.show();
    },
    'mlops.showLog': () => log.show(true),
  };
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
