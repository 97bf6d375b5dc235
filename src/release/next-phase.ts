import type { ReleaseDocument, Watched } from '../documents/releases/release.js';
import { durationWords } from '../project/duration.js';

/** What came of doing what a release's phase says. */
export type Happened =
  | { kind: 'done' }
  /** It could not be done, or its test failed; `by` where somebody wants it taken back. */
  | { kind: 'failed'; why: string; by?: string }
  | { kind: 'seen'; requests: number; watched: readonly Watched[] };

/** A step that proves nothing for this many bakes is taken back: missing data never promotes. */
const patience = 10;

/**
 * A release as it is after its phase was done: pure, so that a whole day can be told on a clock of one's own. Whatever
 * goes wrong leads back; what is unknown is waited for, and leads back too when it stays unknown.
 */
export function nextPhase(release: ReleaseDocument, happened: Happened, now: Date): ReleaseDocument {
  if (happened.kind === 'failed') return takeBack(release, happened, now);
  switch (release.phase) {
    case 'shifting':
      return afterShift(release, now);
    case 'smoking':
      return release.smoke === null
        ? watchOrGoOn(release, now)
        : told(watchOrGoOn(release, now), now, 'smoke test passed');
    case 'baking':
      return happened.kind === 'seen' ? afterLook(release, happened, now) : release;
    case 'promoting':
      return end(told(release, now, `promoted: ${release.endpoint} serves ${release.to}`, 1), 'promoted', now);
    case 'rolling-back': {
      const again = release.from === null ? 'nothing serves' : `${release.from} serves again`;
      return end(told(release, now, `taken back: ${again}`, 0), 'rolled-back', now);
    }
    case 'ended':
      return release;
  }
}

/** The share of the traffic that the version has, or is about to get. */
export function shareNow({ phase, outcome, steps, step }: ReleaseDocument): number {
  if (phase === 'ended') return outcome === 'promoted' ? 1 : 0;
  return phase === 'rolling-back' ? 0 : steps[step]!;
}

/** Ends what is under way and leads back. What is taken back already goes on being so, by whoever came first. */
export function takeBack(
  release: ReleaseDocument,
  { why, by }: { why: string; by?: string },
  now: Date,
): ReleaseDocument {
  if (release.phase === 'ended' || release.phase === 'rolling-back') return release;
  const takenBack = { by: by ?? `release ${release.id}`, why };
  return told(into({ ...release, takenBack }, 'rolling-back', now), now, `rolling back: ${why}`, 0);
}

/** As it goes on after it was interrupted: nobody watched meanwhile, so a step is watched from its beginning. */
export function resumed(release: ReleaseDocument, now: Date, by: string): ReleaseDocument {
  if (release.phase === 'ended') return release;
  const again = release.phase === 'baking' ? { ...release, since: now.toISOString(), seen: undefined } : release;
  const takenUp = release.mode === 'service' && release.phase === 'shifting' ? { takenUp: true } : {};
  return told({ ...again, ...takenUp }, now, `taken up again by ${by}`);
}

function afterShift(release: ReleaseDocument, now: Date): ReleaseDocument {
  if (release.mode === 'service') {
    // It went through all of the steps, and watched its alarms at each.
    const done = into({ ...release, step: release.steps.length - 1 }, 'smoking', now);
    return told(done, now, `all of the traffic goes to ${release.to}, shifted by the service`, 1);
  }
  const share = release.steps[release.step]!;
  return told(into(release, 'smoking', now), now, `${percent(share)} of the traffic goes to ${release.to}`, share);
}

function watchOrGoOn(release: ReleaseDocument, now: Date): ReleaseDocument {
  // A service that shifts the traffic by itself has watched it by then.
  if (release.mode === 'service' || release.bakeSeconds === 0) return stepOn(release, now);
  return into({ ...release, seen: undefined }, 'baking', now);
}

function afterLook(
  release: ReleaseDocument,
  { requests, watched }: Extract<Happened, { kind: 'seen' }>,
  now: Date,
): ReleaseDocument {
  const seen = { ...release, seen: { at: now.toISOString(), requests, watched: [...watched] } };
  const bad = watched.find(({ answer }) => answer === 'bad');
  if (bad !== undefined) return takeBack(seen, { why: `${bad.rule}: ${bad.why}` }, now);
  const seconds = (now.getTime() - Date.parse(release.since)) / 1000;
  if (seconds < release.bakeSeconds) return seen;
  const unknown = watched.find(({ answer }) => answer === 'unknown');
  const enough = requests >= release.requests;
  if (enough && unknown === undefined) return stepOn(seen, now);
  if (seconds < release.bakeSeconds * patience) return seen;
  const few = `${requests} requests, at least ${release.requests} are needed`;
  const why = enough && unknown !== undefined ? `${unknown.rule}: ${unknown.why}` : few;
  return takeBack(seen, { why: `nothing proves it after ${durationWords(seconds)}: ${why}` }, now);
}

function stepOn(release: ReleaseDocument, now: Date): ReleaseDocument {
  const isLast = release.step >= release.steps.length - 1;
  if (isLast) return into(release, 'promoting', now);
  return into({ ...release, step: release.step + 1 }, 'shifting', now);
}

function into(release: ReleaseDocument, phase: ReleaseDocument['phase'], now: Date): ReleaseDocument {
  return { ...release, phase, takenUp: undefined, since: now.toISOString() };
}

function end(release: ReleaseDocument, outcome: 'promoted' | 'rolled-back', now: Date): ReleaseDocument {
  return { ...into(release, 'ended', now), outcome, endedAt: now.toISOString() };
}

function told(release: ReleaseDocument, now: Date, text: string, share = shareNow(release)): ReleaseDocument {
  return { ...release, events: [...release.events, { at: now.toISOString(), share, text }] };
}

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
