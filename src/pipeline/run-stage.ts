import { keys } from '../documents/keys.js';
import {
  type RunEvent,
  type StageFailure,
  type StageName,
  type StageRecord,
  type StageState,
} from '../documents/run.js';
import { fingerprintOf } from './fingerprint.js';
import { readStageState, writeDocument } from './store.js';
import type { Environment } from '../platform/ports/environment.js';
import type { ObjectWriter } from '../platform/ports/objects.js';
import type { Verdict } from '../documents/gates/verdict.js';
import type { Needed, Stage, StageContext, StageOutcome, StagePlan } from './stage.js';

/** Runs one stage if it has to, and remembers how it ended. */
export async function runStage(
  stage: Stage,
  context: StageContext,
  emit: (event: RunEvent) => void,
): Promise<{ record: StageRecord; outcome?: StageOutcome; verdict?: Verdict }> {
  const started = performance.now();
  let asked: Promise<StagePlan> | undefined;
  const planned = () => (asked ??= planOf(stage, context));
  const { run: must, reason, verdict } = await needed(stage, context, planned);
  const seconds = () => Math.round(performance.now() - started) / 1000;
  if (!must) {
    const last = await readStageState(context.environment.objects, stage.name);
    if (last?.failure !== undefined) await writeState(context.writers.objects, { ...last, failure: undefined });
    const { inputs = [], outputs = [], figures = {} } = last ?? {};
    const record = {
      name: stage.name,
      inputs,
      status: 'skipped' as const,
      reason,
      seconds: seconds(),
      outputs,
      figures,
    };
    return { record, verdict };
  }
  const plan = await planned();
  emit({ type: 'stage-started', at: new Date().toISOString(), stage: stage.name, reason });
  const outcome = await stage.run(context, plan);
  const { outputs, figures } = outcome;
  if (!stage.aside) await remember(stage.name, context, plan, outcome);
  const record: StageRecord = {
    name: stage.name,
    inputs: plan.inputs,
    status: 'succeeded',
    reason,
    seconds: seconds(),
    outputs,
    figures: { ...figures, summary: outcome.summary },
  };
  return { record, outcome, verdict: outcome.verdict };
}

async function planOf(stage: Stage, context: StageContext): Promise<StagePlan> {
  const inputs = await stage.inputs(context);
  const fingerprint = fingerprintOf(stage.name, inputs, stage.configuration(context.project));
  const last = await readStageState(context.environment.objects, stage.name);
  return { inputs, fingerprint, last };
}

async function needed(stage: Stage, context: StageContext, planned: () => Promise<StagePlan>): Promise<Needed> {
  if (stage.needed !== undefined) return stage.needed(context, planned);
  const plan = await planned();
  if (context.options.force) return { run: true, reason: 'forced' };
  if (plan.last === undefined) return { run: true, reason: 'never run here' };
  if (plan.last.fingerprint !== plan.fingerprint) return { run: true, reason: changed(plan) };
  if (plan.last.damage.length > 0) return { run: true, reason: 'part of its input was damaged' };
  for (const output of plan.last.outputs) {
    if ((await context.environment.objects.head(output.uri)) === undefined) {
      return { run: true, reason: `${output.uri} is gone` };
    }
  }
  return { run: false, reason: 'unchanged' };
}

function changed(plan: StagePlan): string {
  const before = new Map(plan.last?.inputs.map(({ uri, sha256 }) => [uri, sha256]));
  const input = plan.inputs.find(({ uri, sha256 }) => before.get(uri) !== sha256);
  if (input === undefined) return 'the configuration changed';
  return before.has(input.uri) ? `${input.uri} changed` : `${input.uri} is new`;
}

async function remember(name: StageName, context: StageContext, plan: StagePlan, outcome: StageOutcome): Promise<void> {
  await writeState(context.writers.objects, {
    kind: 'stage-state',
    schemaVersion: 1,
    stage: name,
    runId: context.runId,
    finishedAt: new Date().toISOString(),
    fingerprint: plan.fingerprint,
    inputs: plan.inputs,
    outputs: outcome.outputs,
    figures: { ...outcome.figures, summary: outcome.summary },
    damage: outcome.damage ?? [],
  });
}

/**
 * Writes beside a stage's last success how it failed since. Of one that never succeeded here only its run tells.
 */
export async function rememberFailure(
  environment: Pick<Environment, 'objects'>,
  objects: ObjectWriter,
  name: StageName,
  failure: StageFailure,
): Promise<void> {
  const last = await readStageState(environment.objects, name);
  if (last !== undefined) await writeState(objects, { ...last, failure });
}

function writeState(objects: ObjectWriter, state: StageState): Promise<void> {
  return writeDocument(objects, keys.stageState(state.stage), state);
}
