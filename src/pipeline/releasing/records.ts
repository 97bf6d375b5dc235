import { keys } from '../../documents/keys.js';
import type { LedgerEntry } from '../../documents/ledger.js';
import type { Incident, ReleaseDocument } from '../../documents/releases/release.js';
import type { Writers } from '../../platform/ports/environment.js';
import { everyItem } from '../../platform/ports/pages.js';
import { recordInLedger } from '../ledger.js';
import { writeDocument } from '../store.js';
import type { Releasing } from './releasing.js';

/** Writes down that a step has begun. */
export function recordShift(writers: Writers, release: ReleaseDocument): Promise<void> {
  const { from, to, by } = release;
  return recordInLedger(writers, {
    ...{ who: by, what: 'promote', from, to, evidence: evidenceOf(release) },
    why: whatWasShifted(release),
    steps: sharesOf(release),
  });
}

function whatWasShifted({ endpoint, strategy, steps, step, mode, why }: ReleaseDocument): string {
  if (mode === 'service')
    return `${strategy} on ${endpoint}: the service shifted all of the traffic, and no alarm went off: ${why}`;
  const share = `${Number((100 * steps[step]!).toFixed(1))} %`;
  return step === 0
    ? `${strategy} on ${endpoint} began with ${share} of the traffic: ${why}`
    : `${endpoint}: step to ${share}`;
}

/** Writes the ledger's last word on a release and, where it was taken back, what happened. Done twice it is written once. */
export async function recordEnd(
  { environment, writers, clock }: Releasing,
  release: ReleaseDocument,
): Promise<ReleaseDocument> {
  const { endpoint, id, from, to, outcome, takenBack, by } = release;
  const now = clock.now();
  const isBack = outcome === 'rolled-back';
  const incident = isBack ? keys.releaseIncident(endpoint, id) : null;
  if (incident !== null) await writeDocument(writers.objects, incident, incidentOf(release, now));
  const ended: ReleaseDocument = { ...release, incident };
  const end = { what: isBack ? ('rollback' as const) : ('promote' as const), outcome: outcome! };
  if (await isRecorded(environment.ledger, keys.release(endpoint, id), end)) return ended;
  await recordInLedger(writers, {
    ...end,
    who: isBack ? takenBack!.by : by,
    why: isBack ? takenBack!.why : `${release.why}; every step of ${release.strategy} on ${endpoint} passed`,
    ...(isBack ? { from: to, to: from } : { from, to }),
    trigger: endpoint,
    evidence: evidenceOf(ended),
    steps: sharesOf(release),
  });
  return ended;
}

async function isRecorded(
  ledger: Releasing['environment']['ledger'],
  evidence: string,
  end: Pick<LedgerEntry, 'what' | 'outcome'>,
): Promise<boolean> {
  let looked = 0;
  for await (const entry of everyItem((page) => ledger.list(page), { leaveOut: () => undefined })) {
    if (entry.what === end.what && entry.outcome === end.outcome && entry.evidence.includes(evidence)) return true;
    looked += 1;
    if (looked >= 20) return false;
  }
  return false;
}

function evidenceOf({ endpoint, id, admission, incident }: ReleaseDocument): string[] {
  return [keys.release(endpoint, id), admission, incident].filter((key) => key !== null);
}

const sharesOf = ({ events }: ReleaseDocument) => events.map(({ at, share }) => ({ at, share }));

function incidentOf(release: ReleaseDocument, now: Date): Incident {
  const { environment, endpoint, id, from, to, takenBack, events, seen, startedAt } = release;
  return {
    ...{ kind: 'incident', schemaVersion: 1, at: now.toISOString(), environment, endpoint, release: id },
    ...{ from: to, to: from, why: takenBack!.why, by: takenBack!.by },
    share: Math.max(0, ...events.map((event) => event.share)),
    seconds: Math.round((now.getTime() - Date.parse(startedAt)) / 100) / 10,
    requests: seen?.requests ?? 0,
    watched: seen?.watched ?? [],
    events,
    evidence: evidenceOf({ ...release, incident: null }),
  };
}
