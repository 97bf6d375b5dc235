import { applyChanges, showChanges } from './account/apply.js';
import { cleanUp, showLeftovers } from './account/cleanup.js';
import { smallestPolicy } from './account/policy.js';
import { alarmHistory } from './alarms/history.js';
import { listAlarms } from './alarms/list.js';
import { showAlarm } from './alarms/show.js';
import { addApiUser, listApiUsers, removeApiUser } from './api/users.js';
import { acceptBatch } from './batches/accept.js';
import { bringBack, makeBackup } from './backups/backups.js';
import { judgeBatches } from './batches/judge.js';
import { listBatches, showBatch } from './batches/list.js';
import { showTrend } from './batches/trend.js';
import { listObjects } from './buckets/list-objects.js';
import { listPage } from './buckets/list-page.js';
import { listBuckets } from './buckets/list.js';
import { preview } from './buckets/preview.js';
import { putObject } from './buckets/put.js';
import { readObject } from './buckets/read.js';
import { removeObject } from './buckets/remove.js';
import { checkEndpointCases } from './endpoints/check.js';
import { adoptEndpoint } from './endpoints/adopt.js';
import { invokeEndpoint } from './endpoints/invoke.js';
import { listEndpoints } from './endpoints/list.js';
import { endpointLog } from './endpoints/logs.js';
import { showExample } from './endpoints/example.js';
import { findEndpoint, lookAtEndpoints, lookAtLive, lookAtUsage } from './endpoints/look.js';
import { removeEndpoint } from './endpoints/remove.js';
import { replayEndpoint } from './endpoints/replay.js';
import { scaleEndpoint } from './endpoints/scale.js';
import { showEndpoint } from './endpoints/show.js';
import { simulateTraffic } from './endpoints/simulate.js';
import { startEndpoint } from './endpoints/start.js';
import { stopEndpoint } from './endpoints/stop.js';
import { listEnvironments, showEnvironment } from './environments/list.js';
import { distrustAddress, trustAddress } from './environments/trust.js';
import { chooseEnvironment } from './environments/use.js';
import { turnOffWriting, turnOnWriting } from './environments/write.js';
import { exportDotenv } from './exports/dotenv.js';
import { exportForPlatform } from './exports/platform.js';
import { exportPrometheus } from './exports/prometheus.js';
import { describeFeatureGroup } from './feature-groups/describe.js';
import { exportFeatureGroup } from './feature-groups/export.js';
import { listFeatureGroups } from './feature-groups/list.js';
import { findFeatureGroup, lookAtFeatureGroups, lookAtFreshness } from './feature-groups/look.js';
import { queryByAthena, queryFeatureGroup } from './feature-groups/query.js';
import { backtestGates } from './gates/backtest.js';
import { evaluateGates } from './gates/evaluate.js';
import { examine } from './machine/doctor.js';
import { describeModelFile } from './model-files/describe.js';
import { predictModelFile } from './model-files/predict.js';
import { searchOnTable } from './model-files/search.js';
import { trainModelFile } from './model-files/train.js';
import { addLabels } from './labels/add.js';
import { approveModel, rejectModel } from './models/decide.js';
import { listModels } from './models/list.js';
import { predictTableFile } from './models/predict-file.js';
import { lookAtModels } from './models/look.js';
import { registerModel } from './models/register.js';
import { showSearch } from './models/show-search.js';
import type { AnyOperation } from './operation.js';
import { clearOverride } from './overrides/clear.js';
import { endWaiver } from './overrides/end-waiver.js';
import { setOverride } from './overrides/set.js';
import { showOverrides } from './overrides/show.js';
import { waiveGate } from './overrides/waive.js';
import { registerProjectPipeline, showRegistration } from './pipelines/register.js';
import { exportPipeline, showPipeline } from './pipelines/show.js';
import { startPipeline } from './pipelines/start.js';
import { projectFromEndpoint } from './projects/adopt-endpoint.js';
import { projectFromVariables } from './projects/adopt-from-env.js';
import { projectFromPredictions } from './projects/from-predictions.js';
import { projectFromUrl } from './projects/from-url.js';
import { projectFromTable } from './projects/from-table.js';
import { projectFromTemplate } from './projects/from-template.js';
import { showAdmission } from './releases/admit.js';
import { showHistory } from './releases/history.js';
import { rollBack } from './releases/rollback.js';
import { startRelease } from './releases/start.js';
import { showRelease } from './releases/status.js';
import { stopRelease } from './releases/stop.js';
import { showDashboard } from './reports/dashboard.js';
import { exportReport } from './reports/export.js';
import { verdictIn } from './reports/verdict-in.js';
import { compareRuns } from './runs/compare.js';
import { listRuns } from './runs/list.js';
import { showRows } from './runs/rows.js';
import { showResults } from './runs/results.js';
import { showRun } from './runs/show.js';
import { startRun } from './runs/start.js';
import { showStatus } from './runs/status.js';
import { compareStatistics, compareTableFiles } from './tables/compare.js';
import { evaluateCapture, evaluateTable } from './tables/evaluate.js';
import { findViolations, makeMonitorBaseline, profileTableFile } from './tables/profile.js';
import { watcherInstall } from './watching/install.js';
import { showLoop } from './watching/loop.js';
import { watchProject } from './watching/watch.js';

/** Everything that a person can do, whichever door they come through. */
export const operations = [
  ...[showChanges, applyChanges, showLeftovers, cleanUp, smallestPolicy],
  ...[startRun, listRuns, showRun, compareRuns, showRows, showResults, showStatus],
  ...[judgeBatches, listBatches, showBatch, acceptBatch, showTrend, addLabels],
  ...[listFeatureGroups, describeFeatureGroup, exportFeatureGroup, queryFeatureGroup, queryByAthena],
  ...[lookAtFeatureGroups, findFeatureGroup, lookAtFreshness],
  ...[showDashboard, exportReport, verdictIn],
  ...[evaluateGates, backtestGates],
  ...[listAlarms, showAlarm, alarmHistory],
  ...[watchProject, watcherInstall, showLoop],
  ...[listBuckets, listPage, listObjects, preview, readObject, putObject, removeObject],
  ...[listEndpoints, showEndpoint, startEndpoint, stopEndpoint, removeEndpoint, scaleEndpoint, adoptEndpoint],
  ...[endpointLog, invokeEndpoint, checkEndpointCases, replayEndpoint, simulateTraffic],
  ...[lookAtEndpoints, findEndpoint, lookAtLive, lookAtUsage, showExample],
  ...[listModels, lookAtModels, predictTableFile, approveModel, rejectModel, registerModel, showSearch],
  ...[showOverrides, setOverride, clearOverride, waiveGate, endWaiver],
  ...[makeBackup, bringBack],
  exportDotenv,
  exportForPlatform,
  exportPrometheus,
  ...[showRegistration, registerProjectPipeline, startPipeline, showPipeline, exportPipeline],
  ...[startRelease, showRelease, stopRelease, rollBack, showAdmission, showHistory],
  ...[
    projectFromTemplate,
    projectFromTable,
    projectFromPredictions,
    projectFromUrl,
    projectFromVariables,
    projectFromEndpoint,
  ],
  ...[
    listEnvironments,
    showEnvironment,
    chooseEnvironment,
    turnOnWriting,
    turnOffWriting,
    trustAddress,
    distrustAddress,
  ],
  ...[addApiUser, listApiUsers, removeApiUser],
  examine,
  ...[evaluateTable, evaluateCapture, compareTableFiles, compareStatistics],
  ...[profileTableFile, makeMonitorBaseline, findViolations],
  ...[trainModelFile, predictModelFile, describeModelFile, searchOnTable],
] as const satisfies readonly AnyOperation[];
