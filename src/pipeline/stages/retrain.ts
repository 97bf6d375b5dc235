import { servedApi } from '../endpoints/served-api.js';
import { keys } from '../../documents/keys.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { decide } from '../../gates/decide.js';
import { newestResults } from '../stored-results.js';
import { recordInLedger } from '../ledger.js';
import { mustBeReady } from '../account/ready.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import { overridesForThisRun } from '../judging/overrides-for-run.js';
import { overridesOfTheMoment, readOverrides } from '../overrides.js';
import { predictsElsewhere } from '../../project/elsewhere.js';
import { releaseWay } from '../../project/endpoints.js';
import { release as goThroughRelease } from '../releasing/begin.js';
import { heldText, heldVersion } from '../releasing/held.js';
import { releasingOf } from '../releasing/in-a-run.js';
import type { Stage, StageContext, StageOutcome } from '../stage.js';
import { compareWithServed, type Comparison } from '../training/compare.js';
import { trackVersion } from '../tracking/track-version.js';
import {
  productionData,
  retrainConfiguration,
  retrainedAlready,
  retrainInputs,
  servedModel,
} from '../training/retrain-once.js';

/**
 * Trains a new version on what production has taught and deploys it if it proves itself: on the half of the production
 * entities that neither version saw it must pass the project's hard gates and be no worse than the served one.
 * Runs on a decision or by force, once per version and data.
 */
export const retrain: Stage = {
  name: 'retrain',
  inputs: retrainInputs,
  configuration: ({ file }) => retrainConfiguration(file),
  async needed(context) {
    if (predictsElsewhere(context.project.file))
      return { run: false, reason: 'the predictions are made elsewhere: nothing here can be trained' };
    // A batch trains nothing unless a person accepts it, and then it is trained on like all data.
    const results = (await newestResults(context.environment, ({ batch }) => batch === undefined))?.results;
    if (results === undefined) return { run: false, reason: 'no verdict yet; run: mlops monitor' };
    const served = await servedModel(context);
    if (results.modelVersion !== served?.version) {
      const now = served?.version ?? 'nothing';
      return {
        run: false,
        reason: `the newest verdict is on ${results.modelVersion}, and ${now} is served; run: mlops monitor`,
      };
    }
    const { decided } = context.options;
    const decision =
      decided === undefined ? await decisionNow(context, results) : { action: 'retrain', reason: decided };
    if (decision.action !== 'retrain') return { run: false, reason: `the decision is to keep: ${decision.reason}` };
    const repeated = context.options.forceRetrain ? undefined : await retrainedAlready(context);
    return repeated === undefined ? { run: true, reason: decision.reason } : { run: false, reason: repeated };
  },
  async run(context, plan) {
    const served = await servedModel(context);
    if (served === undefined) return nothing('nothing is served yet');
    const { name } = context.project.file.endpoint;
    const intent = { modelGroup: served.group, endpoint: { name, group: served.group } };
    await mustBeReady(context.environment, intent, { signal: context.signal });
    const comparison = await compareWithServed(context, served, {
      fingerprint: plan.fingerprint,
      production_data: productionData(context.project.file.name, plan.inputs),
    });
    const held = await heldVersion(context.environment, name);
    const wished: Comparison =
      held === undefined || !comparison.promote
        ? comparison
        : { ...comparison, promote: false, admission: 'inconclusive', why: `${comparison.why}; ${heldText(held)}` };
    const outcome = wished.promote ? await release(context, wished, served) : wished;
    if (!outcome.promote) await refuse(context, outcome);
    await trackVersion(context, outcome.model, outcome.promote);
    return ended(context, served, outcome);
  },
};

async function ended(context: StageContext, served: ModelVersion, comparison: Comparison): Promise<StageOutcome> {
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
}

const nothing = (summary: string) => ({ outputs: [], figures: {}, summary });

/**
 * Deploys first, approves after: a run killed in between finds the old version still the newest approved one. With a
 * "release" it goes by that, as every version does; one that it took back replaces nothing.
 */
async function release(context: StageContext, comparison: Comparison, served: ModelVersion): Promise<Comparison> {
  const { model, why } = comparison;
  const { file } = context.project;
  if (file.release !== undefined && releaseWay(file).from === undefined) {
    const done = await goThroughRelease(releasingOf(context), {
      ...{ endpoint: releaseWay(file).to, group: model.group, version: model.version },
      ...{ by: `run ${context.runId}`, automatic: true, why: `better than ${served.version}: ${why}` },
    });
    if (done.kind === 'refused')
      return {
        ...comparison,
        promote: false,
        admission: 'inconclusive',
        why: `${why}; not admitted: ${done.admission.why}`,
      };
    if (done.release.outcome !== 'promoted')
      return {
        ...comparison,
        promote: false,
        admission: 'fail',
        why: `${why}; taken back: ${done.release.takenBack?.why}`,
      };
  } else {
    const { name, capture } = file.endpoint;
    const variants = [{ name: 'AllTraffic', modelVersion: model.version, weight: 1 }];
    const config = { name, group: model.group, variants, capture, notProven: false, ...servedApi(context) };
    await context.writers.endpoints.deploy(config, { signal: context.signal });
  }
  await context.writers.registry.setStatus(model.group, model.version, 'Approved', why);
  return comparison;
}

/** What failed or is worse is rejected; what could not be judged stays pending, for a person to decide. */
async function refuse(context: StageContext, { model, why, admission }: Comparison): Promise<void> {
  const current = await context.environment.registry.get(model.group, model.version);
  if (current?.status !== 'PendingManualApproval' || admission === 'inconclusive') return;
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
    policy: comparison.policy,
    trigger: context.options.reason,
    evidence: [keys.evaluation(comparison.model.version)],
  });
}

async function decisionNow(context: StageContext, results: MonitoringResults) {
  const stored = await readOverrides(context.environment);
  const overrides = overridesOfTheMoment(stored, overridesForThisRun(context), context.now);
  const { verdict, gates, soft } = results;
  return decide({ verdict, gates, soft, overrides, now: context.now });
}
