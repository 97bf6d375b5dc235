import { keys } from '../../documents/keys.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { decide } from '../../gates/decide.js';
import { latestResults } from '../latest-results.js';
import { recordInLedger } from '../ledger.js';
import type { ModelVersion } from '../../platform/ports.js';
import { overridesForThisRun } from '../judging/overrides-for-run.js';
import { overridesOfTheMoment, readOverrides } from '../overrides.js';
import type { Stage, StageContext, StagePlan } from '../stage.js';
import { compareWithServed, type Comparison } from '../training/compare.js';
import { groupInputs } from '../training/groups.js';
import { modelGroup } from '../training/version.js';

/**
 * Trains a new version on what production has taught and deploys it if it proves itself: on the half of the production
 * entities that neither version saw it must pass the project's hard gates and be no worse than the served one.
 * Runs on a decision or by force, once per version and data.
 */
export const retrain: Stage = {
  name: 'retrain',
  async inputs(context) {
    const served = await servedModel(context);
    const model = served === undefined ? [] : [{ uri: `${served.artifacts}model.tar.gz`, sha256: served.sha256 }];
    return [...model, ...(await groupInputs(context, ['train', 'validation', 'production']))];
  },
  configuration: ({ file }) => [file.model, file.monitor.gates],
  async needed(context, plan) {
    const results = await latestResults(context.environment);
    if (results === undefined) return { run: false, reason: 'no verdict yet; run: mlops monitor' };
    const decision = await decisionNow(context, results);
    if (decision.action !== 'retrain') return { run: false, reason: `the decision is to keep: ${decision.reason}` };
    if (context.options.forceRetrain) return { run: true, reason: decision.reason };
    if (plan.last?.fingerprint === plan.fingerprint) {
      return { run: false, reason: `already retrained for ${results.modelVersion} on this data` };
    }
    const served = await servedModel(context);
    if (served?.metadata.production_data === productionData(plan)) {
      return { run: false, reason: `${served.version} already learned from this data` };
    }
    return { run: true, reason: decision.reason };
  },
  async run(context, plan) {
    const served = await servedModel(context);
    if (served === undefined) return nothing('nothing is served yet');
    const comparison = await compareWithServed(context, served, {
      fingerprint: plan.fingerprint,
      production_data: productionData(plan),
    });
    await (comparison.promote ? release(context, comparison) : refuse(context, comparison));
    await writeDown(context, served, comparison);
    return {
      outputs: comparison.outputs,
      figures: {
        from: served.version,
        to: comparison.model.version,
        promoted: comparison.promote,
        metric: comparison.metric,
        before: comparison.before,
        after: comparison.after,
      },
      summary: `${comparison.model.version} ${comparison.promote ? 'replaces' : 'does not replace'} ${served.version}: ${comparison.why}`,
    };
  },
};

const nothing = (summary: string) => ({ outputs: [], figures: {}, summary });

/** Deploys first, approves after: a run killed in between finds the old version still the newest approved one. */
async function release(context: StageContext, { model, why }: Comparison): Promise<void> {
  const { name, capture } = context.project.file.endpoint;
  const variants = [{ name: 'AllTraffic', modelVersion: model.version, weight: 1 }];
  const config = { name, group: model.group, variants, capture, notProven: false };
  await context.writers.endpoints.deploy(config, { signal: context.signal });
  await context.writers.registry.setStatus(model.group, model.version, 'Approved', why);
}

async function refuse(context: StageContext, { model, why }: Comparison): Promise<void> {
  await context.writers.registry.setStatus(model.group, model.version, 'Rejected', why);
}

function writeDown(context: StageContext, served: ModelVersion, comparison: Comparison): Promise<void> {
  return recordInLedger(context.writers, {
    who: `run ${context.runId}`,
    what: 'retrain',
    why: comparison.why,
    from: served.version,
    to: comparison.model.version,
    outcome: comparison.promote ? 'promoted' : 'refused',
    trigger: context.options.reason,
    evidence: [keys.evaluation(comparison.model.version)],
  });
}

async function servedModel(context: StageContext): Promise<ModelVersion | undefined> {
  const endpoint = await context.environment.endpoints.describe(context.project.file.endpoint.name);
  const version = (endpoint?.serving ?? endpoint?.config.variants)?.[0]?.modelVersion;
  if (version === undefined) return undefined;
  return context.environment.registry.get(modelGroup(context.project.file.name), version);
}

/** One hash over the production rows' files. */
function productionData(plan: StagePlan): string {
  return plan.inputs
    .filter(({ uri }) => uri.includes('-production/'))
    .map(({ sha256 }) => sha256)
    .join(' ');
}

async function decisionNow(context: StageContext, results: MonitoringResults) {
  const stored = await readOverrides(context.environment);
  const overrides = overridesOfTheMoment(stored, overridesForThisRun(context), context.now);
  return decide({ verdict: results.verdict, gates: results.gates, soft: results.soft, overrides, now: context.now });
}
