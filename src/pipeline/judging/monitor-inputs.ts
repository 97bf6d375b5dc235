import { sha256 } from '../../common/hash.js';
import { DamagedFile } from '../../common/errors.js';
import { keys } from '../../documents/keys.js';
import { activeOverrides, activeWaivers } from '../../documents/ledger.js';
import type { StageInput } from '../../documents/run.js';
import type { Verdict } from '../../documents/gates/verdict.js';
import { collect } from '../../platform/ports/pages.js';
import { predictsElsewhere } from '../../project/elsewhere.js';
import { groupInputs } from '../features/read-groups.js';
import { readOverrides } from '../overrides.js';
import type { StageContext, StagePlan } from '../stage.js';
import { newestResults } from '../stored-results.js';
import { retrainedAlready } from '../training/retrain-once.js';
import { servedVersion } from './served-version.js';

/**
 * All that a verdict depends on beside the project file: the rows with their labels, the version that serves with its
 * baselines, the overrides and waivers that count at this moment, and whether this data has retrained it already.
 */
export async function monitorInputs(context: StageContext): Promise<StageInput[]> {
  const { environment, now } = context;
  // What is to be said of the endpoint is said when the rows are judged.
  const quietly = { ...context, report: { ...context.report, message: () => undefined } };
  const version = await servedVersion(quietly);
  const stored = await readOverrides(environment);
  const counting = [activeOverrides(stored, now), activeWaivers(stored.waivers, now)];
  const retrained = await retrainedAlready(context);
  return [
    ...(await groupInputs(context, ['production'])),
    await filesBelow(context, keys.model(version)),
    await filesBelow(context, keys.evaluation(version)),
    { uri: keys.overrides(environment.name), sha256: sha256(JSON.stringify(counting)) },
    { uri: keys.stageState('retrain'), sha256: sha256(retrained ?? '') },
  ];
}

/** A version's files never change; one that was damaged or put back by hand is noticed by its time or size. */
async function filesBelow({ environment, signal }: StageContext, prefix: string): Promise<StageInput> {
  const entries = await collect((page) => environment.objects.list(prefix, { ...page, signal }));
  const files = entries.map((entry) =>
    entry.kind === 'object' ? [entry.key, entry.size, entry.modifiedAt] : [entry.key],
  );
  return { uri: prefix, sha256: sha256(JSON.stringify(files)) };
}

/**
 * The verdict of the newest results, where nothing that it depends on has changed; else why the rows have to be judged.
 * Where monitoring is asked for by itself it always judges: a schedule wants the verdict of its day.
 */
export async function stillHolds(
  context: StageContext,
  plan: () => Promise<StagePlan>,
): Promise<{ verdict: Verdict; runId: string } | { because: string }> {
  const { options, project, environment, planned } = context;
  if (planned === undefined || planned.length < 2) return { because: 'always runs when it is asked for by itself' };
  if (options.force) return { because: 'forced' };
  if (options.forceRetrain || options.forceSkipRetrain) return { because: 'an override is given for this run' };
  if (project.file.monitor.batches !== undefined) return { because: 'it looks for rows that arrived' };
  if (!predictsElsewhere(project.file)) {
    const endpoint = await environment.endpoints.describe(project.file.endpoint.name);
    if (endpoint?.serving === undefined) return { because: 'the endpoint does not answer' };
  }
  const { last, fingerprint } = await plan();
  if (last === undefined) return { because: 'never run here' };
  if (last.fingerprint !== fingerprint) return { because: 'what it judges or judges by changed' };
  const newest = await newestResults(environment).catch((error: unknown) => {
    // The newest verdict is there and cannot be read: a new one takes its place.
    if (error instanceof DamagedFile) return undefined;
    throw error;
  });
  if (newest === undefined || newest.key !== last.outputs[0]?.uri)
    return { because: 'its last verdict is not the newest' };
  return { verdict: newest.results.verdict, runId: last.runId };
}
