import type { ReleaseDocument, ReleaseStop } from '../../documents/releases/release.js';
import { messageOf } from '../../common/errors.js';
import { looksLikeRule } from '../../project/rules/live-rule.js';
import type { Happened } from '../../release/next-phase.js';
import type { Releasing } from './releasing.js';
import { readStop } from './stored.js';

/** How often it is asked whether somebody wants an end, and how an update of which nothing is known goes on. */
const listenMs = 3_000;

/**
 * Has the service shift the traffic: one call that ends when all of it is shifted and was watched, or was taken back. It may
 * take hours, so whoever wants it stopped is heard meanwhile.
 */
export async function shiftByService(at: Releasing, release: ReleaseDocument): Promise<Happened> {
  const over = new AbortController();
  const signal = AbortSignal.any([at.signal, over.signal]);
  const heard: { stop?: ReleaseStop } = {};
  const listening = listen({ ...at, signal }, release, (stop) => {
    heard.stop = stop;
    over.abort();
  });
  try {
    const strayed = release.takenUp ? await whyTakenBack({ ...at, signal }, release) : undefined;
    if (strayed !== undefined) return { kind: 'failed', why: strayed };
    await at.writers.endpoints.deploy(release.after, { signal, rollout: rolloutOf(release) });
    return { kind: 'done' };
  } catch (error) {
    if (heard.stop === undefined) throw error;
    return { kind: 'failed', why: heard.stop.why, by: heard.stop.by };
  } finally {
    over.abort();
    await listening;
  }
}

function rolloutOf({ strategy, steps, bakeSeconds, rollbackOn }: ReleaseDocument) {
  return {
    // Which of them a service can do was decided when the release was planned.
    strategy: strategy as 'all-at-once' | 'canary' | 'linear',
    ...(steps.length > 1 && { step: steps[0]! }),
    waitSeconds: bakeSeconds,
    alarms: rollbackOn.filter((word) => !looksLikeRule(word)),
  };
}

async function listen(
  { environment, clock, signal, tell }: Releasing,
  release: ReleaseDocument,
  onStop: (stop: ReleaseStop) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const stop = await readStop(environment.objects, release, { signal });
      if (stop !== undefined) return onStop(stop);
    } catch (error) {
      // It is asked again: a reading that failed once is no reason to take a good version back.
      if (!signal.aborted) tell(`could not see whether it is to be stopped: ${messageOf(error)}`);
    }
    await clock.wait(listenMs, { signal });
  }
}

/**
 * Of an update that went on while nobody watched: why it was taken back, if it was. It is not begun again then, for an
 * alarm decided. undefined: it serves, or was never begun.
 */
async function whyTakenBack(
  { environment, clock, signal }: Releasing,
  { endpoint, to }: ReleaseDocument,
): Promise<string | undefined> {
  for (;;) {
    const info = await environment.endpoints.describe(endpoint, { signal });
    if (info?.status === 'Updating') {
      await clock.wait(listenMs, { signal });
      signal.throwIfAborted();
      continue;
    }
    const serves = info?.serving?.length === 1 && info.serving[0]!.modelVersion === to;
    return serves ? undefined : info?.drift;
  }
}
