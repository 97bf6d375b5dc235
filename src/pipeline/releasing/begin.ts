import { ExitCode, InputError, WorkbenchError } from '../../common/errors.js';
import { keys, stampOf } from '../../documents/keys.js';
import type { Admission } from '../../documents/releases/admission.js';
import type { ReleaseDocument } from '../../documents/releases/release.js';
import { resumed } from '../../release/next-phase.js';
import { mustBeReady } from '../account/ready.js';
import { mainVariant } from '../endpoints/main-variant.js';
import { recordInLedger } from '../ledger.js';
import { writeDocument } from '../store.js';
import { admit } from './admit.js';
import { alarmsMustBeQuiet } from './alarms.js';
import { driveRelease } from './drive.js';
import { planRelease, type ReleaseWish } from './plan.js';
import type { Releasing } from './releasing.js';
import { smokeCases } from './smoke.js';
import { newestRelease } from './stored.js';

export type Wish = Omit<ReleaseWish, 'admission'>;

/** What came of wanting a release: it was not admitted, or it was taken to its end. */
export type Released = { kind: 'refused'; admission: Admission } | { kind: 'ended'; release: ReleaseDocument };

/**
 * The one road to an endpoint that serves already: the gate, then step by step. A release that was interrupted is taken up
 * where it stood. @throws InputError where another version's release is unfinished, or an alarm could not tell anything
 */
export async function release(at: Releasing, wish: Wish): Promise<Released> {
  const { environment, signal, clock } = at;
  const { endpoint, version } = wish;
  const unfinished = await unfinishedRelease(at, endpoint.name);
  if (unfinished !== undefined) {
    if (unfinished.to !== version)
      throw new InputError(
        `release: found an unfinished release of ${unfinished.to} on ${endpoint.name}; end it first: mlops release rollback`,
      );
    at.tell(`takes up release ${unfinished.id}, which was interrupted while ${unfinished.phase}`);
    return { kind: 'ended', release: await driveRelease(at, resumed(unfinished, clock.now(), wish.by)) };
  }
  await mustBeReady(environment, { endpoint: { name: endpoint.name, group: wish.group, version } }, { signal });
  const before = await environment.endpoints.describe(endpoint.name, { signal });
  const served = before?.serving === undefined ? undefined : mainVariant(before.serving);
  const stays = before?.serving?.length === 1 && served?.modelVersion === version;
  if (stays) throw new InputError(`release: ${endpoint.name} serves ${version} already`);
  const { smoke } = at.project.file.release ?? {};
  // What cannot be read is said before anything moves.
  if (smoke !== undefined) await smokeCases(at.project.folder, smoke);
  const admission = await admit(at, clock.now(), { signal });
  const key = keys.releaseAdmission(endpoint.name, stampOf(clock.now(), `${admission.endpoint}-admit`));
  await writeDocument(at.writers.objects, key, admission);
  if (!admission.admitted) {
    await recordInLedger(at.writers, {
      ...{ who: wish.by, what: 'promote', outcome: 'refused', why: `not admitted: ${admission.why}` },
      ...{ from: served?.modelVersion ?? null, to: version, trigger: endpoint.name, evidence: [key] },
    });
    return { kind: 'refused', admission };
  }
  const planned = await planRelease(at, { ...wish, admission: key }, before, clock.now());
  await alarmsMustBeQuiet(environment, planned.rollbackOn);
  at.tell(`${endpoint.name}: ${planned.from ?? 'nothing'} -> ${version}, ${planned.strategy}; ${planned.cost}`);
  return { kind: 'ended', release: await driveRelease(at, planned) };
}

/** A release that was begun and has not ended: it is under way, or its process is gone. */
export async function unfinishedRelease(
  { environment, signal }: Pick<Releasing, 'environment' | 'signal'>,
  endpoint: string,
): Promise<ReleaseDocument | undefined> {
  const newest = await newestRelease(environment.objects, endpoint, { signal });
  return newest?.phase === 'ended' ? undefined : newest;
}

/** For a stage of a run, whose task it is that the version serves. @throws WorkbenchError (exit 1) where it does not */
export async function mustRelease(at: Releasing, wish: Wish): Promise<ReleaseDocument> {
  const done = await release(at, wish);
  if (done.kind === 'refused')
    throw new WorkbenchError(
      `${wish.version} is not admitted to ${wish.endpoint.name}: ${done.admission.why}`,
      ExitCode.verdictFail,
    );
  if (done.release.outcome === 'promoted') return done.release;
  throw new WorkbenchError(
    `${wish.version} was taken back: ${done.release.takenBack?.why}; ${done.release.from ?? 'nothing'} serves ${wish.endpoint.name}`,
    ExitCode.verdictFail,
  );
}
