import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { messageOf } from '../../common/errors.js';
import type { ReleaseDocument } from '../../documents/releases/release.js';
import type { EndpointConfig } from '../../platform/ports/endpoints.js';
import { nextPhase, takeBack, type Happened } from '../../release/next-phase.js';
import { lookAtStep } from './look.js';
import { recordEnd, recordShift } from './records.js';
import type { Releasing } from './releasing.js';
import { shiftByService } from './service-shift.js';
import { smokeTest } from './smoke.js';
import { readStop, writeRelease } from './stored.js';

/**
 * Takes a release to its end: what is done next is written down before it is done, so that whoever finds it after a crash
 * knows where it stood. Whatever goes wrong leads back to the version before; so does a signal, for nobody watches then.
 * @throws when the version before cannot be made to serve again: then the release still says that it is to
 */
export async function driveRelease(at: Releasing, begun: ReleaseDocument): Promise<ReleaseDocument> {
  const driver = { pid: process.pid, host: hostname() };
  let release = await writeRelease(at.writers.objects, { ...begun, driver });
  while (release.phase !== 'ended') {
    const happened = await wanted(at, release);
    const next = nextPhase(release, happened, at.clock.now());
    for (const { text } of next.events.slice(release.events.length)) at.tell(text);
    if (release.phase === 'shifting' && next.phase === 'smoking') await recordShift(at.writers, next);
    const ended = next.phase === 'ended' ? await recordEnd(at, next) : next;
    release = await writeRelease(at.writers.objects, ended);
  }
  return release;
}

/** What comes of the phase, unless somebody wants it taken back. */
async function wanted(at: Releasing, release: ReleaseDocument): Promise<Happened> {
  if (release.phase === 'rolling-back') return perform({ ...at, signal: lasting() }, release);
  try {
    const stop = await readStop(at.environment.objects, release, { signal: at.signal });
    if (stop !== undefined) return { kind: 'failed', why: stop.why, by: stop.by };
    return await perform(at, release);
  } catch (error) {
    if (at.signal.aborted) return { kind: 'failed', why: 'cancelled: nobody would watch it', by: release.by };
    return { kind: 'failed', why: messageOf(error) };
  }
}

/** Going back is not given up by the signal that led to it. */
function lasting(): AbortSignal {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  return signal;
}

async function perform(at: Releasing, release: ReleaseDocument): Promise<Happened> {
  const { signal, writers, environment, clock } = at;
  switch (release.phase) {
    case 'shifting':
      return shift(at, release);
    case 'smoking': {
      const { problem } = await smokeTest(at, release);
      return problem === undefined ? { kind: 'done' } : { kind: 'failed', why: problem };
    }
    case 'baking': {
      await clock.wait(pollMs(release, environment.kind), { signal });
      signal.throwIfAborted();
      await writers.endpoints.flush(release.endpoint, { signal });
      const strayed = await whyNotServing(at, release);
      if (strayed !== undefined) return { kind: 'failed', why: strayed };
      return { kind: 'seen', ...(await lookAtStep(environment, release, clock.now(), { signal })) };
    }
    case 'promoting':
      await writers.endpoints.deploy(release.after, { signal });
      return { kind: 'done' };
    case 'rolling-back':
      await writers.endpoints.halt(release.endpoint, { signal });
      // Without a version before there is nothing that could serve in its place.
      if (release.before === null) await writers.endpoints.stop(release.endpoint, { signal });
      else await writers.endpoints.deploy(release.before, { signal });
      return { kind: 'done' };
    case 'ended':
      return { kind: 'done' };
  }
}

/** A quarter of a step, so that what goes wrong is seen within it; an account, whose figures come by the minute, is asked less often. */
const pollMs = ({ bakeSeconds }: ReleaseDocument, kind: Releasing['environment']['kind']): number =>
  Math.min(kind === 'aws' ? 20_000 : 3_000, Math.max(250, bakeSeconds * 250));

async function shift(at: Releasing, release: ReleaseDocument): Promise<Happened> {
  const { mode, before, after } = release;
  const { writers, signal } = at;
  if (before !== null && mode === 'service') return shiftByService(at, release);
  await writers.endpoints.deploy(before === null ? after : splitOf(release), { signal });
  return { kind: 'done' };
}

/** Both versions beside each other, as the step that is under way asks for. */
export function splitOf({
  before,
  after,
  steps,
  step,
  baseline,
  candidate,
  from,
  to,
}: ReleaseDocument): EndpointConfig {
  const share = steps[step]!;
  return {
    ...after,
    capture: Math.max(after.capture, before?.capture ?? 0),
    variants: [
      { name: baseline, modelVersion: from!, weight: rounded(1 - share) },
      { name: candidate, modelVersion: to, weight: share, candidate: true },
    ],
  };
}

const rounded = (share: number): number => Number(share.toFixed(6));

/** Why the endpoint is not what the step asked for: it fell, or somebody changed it. */
async function whyNotServing(
  { environment, signal }: Releasing,
  release: ReleaseDocument,
): Promise<string | undefined> {
  const { endpoint } = release;
  const info = await environment.endpoints.describe(endpoint, { signal });
  if (info === undefined) return `endpoint ${endpoint} is not there any more`;
  if (info.status !== 'InService')
    return `endpoint ${endpoint} is ${info.status}${info.reason === undefined ? '' : `: ${info.reason}`}`;
  const share = info.serving?.find(({ name }) => name === release.candidate)?.weight;
  const wantedShare = release.steps[release.step]!;
  if (share === undefined || Math.abs(share - wantedShare) > 0.005)
    return `endpoint ${endpoint} gives it ${share === undefined ? 'no traffic' : `${100 * share} %`}, not ${100 * wantedShare} %: somebody else changed it`;
  return undefined;
}

/** Ends a release that nobody drives: what it was doing is left, and the version before serves again. */
export function endRelease(
  at: Releasing,
  release: ReleaseDocument,
  back: { why: string; by: string },
): Promise<ReleaseDocument> {
  return driveRelease(at, takeBack(release, back, at.clock.now()));
}
