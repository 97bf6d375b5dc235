import { keys, stampOf } from '../../documents/keys.js';
import { worst } from '../../documents/gates/verdict.js';
import { judgeArrived } from '../batches/arrived.js';
import { monitorInputs, stillHolds } from '../judging/monitor-inputs.js';
import { judgeProduction } from '../judging/judge-production.js';
import { figuresOf, recordResults, summaryOf } from '../judging/record-results.js';
import { resultsOf } from '../judging/results.js';
import { servedVersion } from '../judging/served-version.js';
import { overridesForThisRun } from '../judging/overrides-for-run.js';
import { overridesOfTheMoment, readOverrides } from '../overrides.js';
import type { Stage } from '../stage.js';
import { readVersion } from '../evaluating/read-version.js';
import { monitorMoment } from '../stored-results.js';
import { retrainedAlready } from '../training/retrain-once.js';

/**
 * Judges the served version on the production group, and on batches that arrived. Skipped only where everything that the
 * verdict depends on is what it was, and then the verdict stands.
 */
export const monitor: Stage = {
  name: 'monitor',
  inputs: monitorInputs,
  configuration: ({ file }) => file,
  async needed(context, planned) {
    const found = await stillHolds(context, planned);
    if ('because' in found) return { run: true, reason: found.because };
    // Alarms go on whether or not there is anything new to judge.
    await context.writers.alarms.record({ signal: context.signal });
    return { run: false, reason: `unchanged: the verdict of run ${found.runId} stands`, verdict: found.verdict };
  },
  async run(context) {
    const { environment, writers, now } = context;
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
    await recordResults(context, { version, judged, results, stamp });
    await writers.alarms.record({ signal: context.signal });
    const arrived = await judgeArrived(context, version.version);
    return {
      outputs: [{ uri: keys.monitoringRun(stamp), sha256: '', rows: results.n }, ...(arrived?.outputs ?? [])],
      figures: figuresOf(results),
      summary: [summaryOf(results), ...(arrived === undefined ? [] : [arrived.summary])].join('; '),
      verdict: worst([results.verdict, ...(arrived?.verdict === undefined ? [] : [arrived.verdict])]),
    };
  },
};
