import { InputError } from '../../common/errors.js';
import { keys, stampOf } from '../../documents/keys.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { writeMonitoredRows } from '../judging/monitored-rows.js';
import { judgeProduction } from '../judging/judge-production.js';
import { resultsOf } from '../judging/results.js';
import { retrainTriggerOf } from '../judging/retrain-trigger.js';
import { overridesForThisRun } from '../judging/overrides-for-run.js';
import { overridesOfTheMoment, readOverrides } from '../overrides.js';
import { predictionsCsv } from '../evaluating/predictions.js';
import type { Stage, StageContext } from '../stage.js';
import { writeDocument } from '../store.js';
import { groupInputs } from '../features/read-groups.js';
import { readVersion } from '../evaluating/read-version.js';
import { monitorMoment } from '../stored-results.js';
import { retrainedAlready } from '../training/retrain-once.js';

/** Judges the served version on the production group. Always runs: the answer is for now. */
export const monitor: Stage = {
  name: 'monitor',
  inputs: (context) => groupInputs(context, ['production']),
  configuration: ({ file }) => [file.monitor, file.model.target],
  needed: () => Promise.resolve({ run: true, reason: 'always runs' }),
  async run(context) {
    const { environment, project, writers, now } = context;
    const version = await readVersion(environment, await servedVersion(context));
    const judged = await judgeProduction(context, version);
    const stored = await readOverrides(environment);
    const overrides = overridesOfTheMoment(stored, overridesForThisRun(context), now);
    const alreadyRetrained = (await retrainedAlready(context)) !== undefined;
    const { waivers } = stored;
    const results = resultsOf({ context, version, judged, overrides, waivers, alreadyRetrained });
    for (const [name, reason] of Object.entries(results.reasons)) {
      if (name.startsWith('slices.')) context.report.message('warning', `monitor.slices: ${reason}`);
    }
    for (const note of results.notes ?? []) context.report.message('warning', note);
    const stamp = stampOf(await monitorMoment(environment, now), context.runId);
    await writers.objects.put(keys.predictions(stamp), predictionsCsv(judged, version.bundle));
    await writeMonitoredRows(context, judged, version.bundle, keys.monitoredRows(stamp));
    await writeDocument(writers.objects, keys.monitoringRun(stamp), results);
    if (results.decision.action === 'retrain') {
      const trigger = retrainTriggerOf(results, project.file.endpoint.name);
      await writeDocument(writers.objects, keys.retrainTrigger(stamp), trigger);
    }
    await writers.alarms.record({ signal: context.signal });
    return {
      outputs: [{ uri: keys.monitoringRun(stamp), sha256: '', rows: results.n }],
      figures: figuresOf(results),
      summary: [`${summaryOf(results)}${unlabelledText(results)}`, ...(results.notes ?? [])].join('; '),
      verdict: results.verdict,
    };
  },
};

/** What the endpoint answers with; when it does not answer, what it was asked to serve. */
async function servedVersion(context: StageContext): Promise<string> {
  const { name } = context.project.file.endpoint;
  const endpoint = await context.environment.endpoints.describe(name);
  const variant = endpoint?.serving?.[0] ?? endpoint?.config.variants[0];
  if (variant === undefined) {
    throw new InputError(`monitor: endpoint ${name}: found none, expected one that serves a model; run: mlops deploy`);
  }
  if (endpoint?.serving === undefined) {
    context.report.message(
      'warning',
      `${name} does not answer; judging ${variant.modelVersion}, which it should serve`,
    );
  }
  return variant.modelVersion;
}

function figuresOf(results: MonitoringResults) {
  return {
    verdict: results.verdict,
    decision: results.decision.action,
    decidedBy: results.decision.by,
    modelVersion: results.modelVersion,
    n: results.n,
    unlabelled: results.unlabelled ?? null,
    ...results.metrics,
  };
}

function unlabelledText({ unlabelled = 0, labelsDue }: MonitoringResults): string {
  if (unlabelled === 0) return '';
  const due = labelsDue == null ? '' : `, the last is due ${labelsDue.slice(0, 10)}`;
  return ` (${unlabelled} rows have no label yet${due}: they count for drift and nulls alone)`;
}

/** "fail: recall was 0.62, must be at least 0.70". */
function summaryOf(results: MonitoringResults): string {
  const { gates, soft, verdict } = results;
  const hard = gates.find(({ level, status }) => level === 'hard' && status === verdict);
  if (hard === undefined && soft?.status === verdict && soft.failed > 0) {
    return `${verdict}: ${soft.failed} of ${soft.of} soft gates failed`;
  }
  const worst = hard ?? gates.find(({ status }) => status === verdict) ?? gates.find(({ status }) => status !== 'pass');
  return worst === undefined ? verdict : `${verdict}: ${worst.message}`;
}
