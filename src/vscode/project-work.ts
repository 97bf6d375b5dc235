/**
 * All that works on a project and its environment for views, status bar and runs, which is a large part of us: imported
 * when there is a project, by `import()` alone, so that a window starts without it.
 */
export { errorFrom } from '../documents/errors/error-about.js';
export { errorDocumentSchema } from '../documents/errors/error-document.js';
export { runEventSchema } from '../documents/run.js';
export { pipelineName } from '../export/sagemaker-pipeline.js';
export { decisionNow } from '../gates/decision-now.js';
export { listAlarms } from '../operations/alarms/list.js';
export { listPage } from '../operations/buckets/list-page.js';
export { listBuckets } from '../operations/buckets/list.js';
export { findEndpoint, lookAtEndpoints, lookAtLive, lookAtUsage } from '../operations/endpoints/look.js';
export { findFeatureGroup, lookAtFeatureGroups, lookAtFreshness } from '../operations/feature-groups/look.js';
export { lookAtModels } from '../operations/models/look.js';
export { clearOverride } from '../operations/overrides/clear.js';
export { setOverride } from '../operations/overrides/set.js';
export { verdictIn } from '../operations/reports/verdict-in.js';
export { showStatus } from '../operations/runs/status.js';
export { lookIntoArchive } from '../pipeline/preview/archive.js';
export { memberSource, openSource } from '../pipeline/preview/source.js';
export { leasePurpose, nextRunId, readRun, runIds, wholeRun } from '../pipeline/run-record.js';
export { newestResults } from '../pipeline/stored-results.js';
export { loadProject } from '../project/load.js';
export { answerItems } from './trees/answer.js';
export { modelItems, servedModels } from './trees/models.js';
export { pipelineItems } from './trees/pipeline.js';
