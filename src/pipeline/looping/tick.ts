import type { Decided, LoopState, Retraining } from '../../documents/loop.js';
import type { Run } from '../../documents/run.js';
import { activeOverrides } from '../../documents/ledger.js';
import { decideLoop, type LoopDecision } from '../../loop/decide-loop.js';
import { loopSchema } from '../../project/parts/loop-schema.js';
import { recordInLedger } from '../ledger.js';
import { readOverrides } from '../overrides.js';
import { heldText, heldVersion } from '../releasing/held.js';
import { nextRunId, readRun } from '../run-record.js';
import { capturedStage, isAnythingNew } from './captured-stage.js';
import { gather, servesNow } from './gather.js';
import { runNow, type Looking } from './looks.js';
import { readLoop, writeLoop } from './state.js';

export const loopName = 'loop';

/**
 * One look: what arrived is taken in and judged, what follows is decided and written down with its evidence, and a
 * retraining that is decided is done and handed to the road that every version takes. What was begun by a look that was
 * killed is taken up first.
 * @returns what came of it, where something did
 */
export async function lookOnce(at: Looking): Promise<string | undefined> {
  const { environment } = at;
  const state = await readLoop(environment);
  const begun = state.retraining?.outcome === null ? state.retraining : undefined;
  if (begun !== undefined) return retrain(at, state, begun);
  const troubles = await judge(at);
  const decision = await decideNow(at, state);
  const { majors, escalated: _, ...decided } = decision;
  const isNew = !isSaid(state.decided, decision);
  if (decision.action === 'retrain') {
    const retraining = await planned(at, decision);
    const next = { ...state, lookedAt: decision.at, decided, majors, retraining };
    await writeDown(at, decision, retraining.version);
    // Before it is begun: where this process ends meanwhile, the next look goes on with it and begins no other.
    await writeLoop(environment.writers('loop'), environment.name, next);
    return retrain(at, next, retraining);
  }
  if (isNew) await writeDown(at, decision, (await servesNow(at)) ?? null);
  await writeLoop(environment.writers('loop'), environment.name, { ...state, lookedAt: decision.at, decided, majors });
  const told = isNew ? [said(decision)] : [];
  return [...troubles, ...told].join('; ') || undefined;
}

/** What arrived and what was captured; a run that failed says why, and what is known is decided on all the same. */
async function judge(at: Looking): Promise<string[]> {
  const captured = (await isAnythingNew(at)) ? [await runNow(at, [capturedStage()])] : [];
  const run = await runNow(at, ['ingest', 'features', 'monitor']);
  return [...captured, run].flatMap(({ error, id }) => (error == null ? [] : [`run ${id}: ${error.message}`]));
}

/** What would be decided now; nothing is done. */
export async function decideNow(at: Looking, state: LoopState): Promise<LoopDecision> {
  const { environment, project, now } = at;
  const serves = await servesNow(at);
  const held = await heldVersion(environment, project.file.endpoint.name);
  return decideLoop({
    settings: project.file.loop ?? loopSchema.parse({}),
    evidence: await gather(at, serves),
    overrides: activeOverrides(await readOverrides(environment), now),
    ...{ state, serves, now, ...(held && { held: heldText(held) }) },
  });
}

async function planned(at: Looking, { at: moment, evidence, severity, why }: LoopDecision): Promise<Retraining> {
  const [version = '', runId] = [await servesNow(at), await nextRunId(at.environment, at.now)];
  return { at: moment, evidence, version, severity, why, runId, outcome: null, text: 'not ended yet' };
}

/** Does a retraining that was decided, or goes on with one: of one that ended only its outcome is looked up. */
async function retrain(at: Looking, state: LoopState, begun: Retraining): Promise<string> {
  const { environment } = at;
  const before = await readRun(environment, begun.runId);
  const isOver = before?.status === 'succeeded' || before?.status === 'failed';
  const serves = await servesNow(at);
  // It was killed when its version served already.
  const isThere = !isOver && before !== undefined && serves !== undefined && serves !== begun.version;
  const run = isOver || isThere ? before : await again(at, begun, before);
  if (run.status === 'cancelled') return `retraining cancelled; it goes on at the next look`;
  const { outcome, text } = isThere ? { outcome: 'promoted' as const, text: `${serves} serves` } : outcomeOf(run);
  const fruitless = outcome === 'promoted' ? 0 : state.fruitless + 1;
  const retraining = { ...begun, runId: run.id, outcome, text };
  await writeLoop(environment.writers('loop'), environment.name, { ...state, retraining, fruitless });
  return `retrained (${begun.why}): ${text}`;
}

/** Under the id that was noted, or a new one where that run was cut off; what it had fitted already is not fitted again. */
async function again(at: Looking, begun: Retraining, before: Run | undefined): Promise<Run> {
  const { runId, why: decided } = begun;
  const reason = `loop: ${decided}`;
  if (before === undefined) return runNow(at, ['features', 'retrain'], { runId, decided, reason });
  const fresh = await nextRunId(at.environment, at.now);
  return runNow(at, ['features', 'retrain'], { runId: fresh, decided, reason });
}

function outcomeOf(run: Run): { outcome: NonNullable<Retraining['outcome']>; text: string } {
  if (run.status !== 'succeeded') return { outcome: 'failed', text: run.error?.message ?? run.status };
  const stage = run.stages.find(({ name }) => name === 'retrain');
  if (stage === undefined || stage.status === 'skipped') return { outcome: 'nothing', text: stage?.reason ?? '' };
  const text = String(stage.figures.summary ?? '');
  return { outcome: stage.figures.promoted === true ? 'promoted' : 'refused', text };
}

/** The same answer on the same grounds is said once. */
const isSaid = (before: Decided | null, { action, why, evidence }: Decided): boolean =>
  before !== null &&
  before.action === action &&
  (action === 'none' || before.evidence.join() === evidence.join()) &&
  (before.why === why || before.until !== null);

const said = ({ action, why, escalated }: LoopDecision): string =>
  `${{ none: 'nothing to do', warn: 'warning', hold: 'held', retrain: 'retrain' }[action]}: ${why}${escalated === undefined ? '' : `; ${escalated}`}`;

function writeDown({ environment, now }: Looking, decision: LoopDecision, version: string | null): Promise<void> {
  return recordInLedger(environment.writers('loop'), {
    ...{ who: loopName, what: decision.action === 'retrain' ? 'retrain' : 'keep', at: now.toISOString() },
    ...{ why: said(decision), from: version, to: null, trigger: decision.severity, evidence: decision.evidence },
  });
}
