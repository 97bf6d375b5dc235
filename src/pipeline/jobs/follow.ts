import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenError, CancelledError, messageOf } from '../../common/errors.js';
import type { CloudReaders } from '../../platform/ports/environment.js';
import type { JobInfo, JobSpec, JobWriter } from '../../platform/ports/jobs.js';
import type { StageContext } from '../stage.js';

/** First looks come soon, later ones at the pace of machines that take minutes to start. */
const [firstMs, longestMs] = [500, 10_000];
/** Logs come late; what is missing when a job has ended is waited for this often. */
const looksAfterEnd = 3;
/** SageMaker kills a container that was asked to stop after two minutes. */
const longestStopMs = 150_000;

/**
 * Starts a job and follows it to its end; what it logs becomes the stage's messages. Cancelling stops the job too.
 * @throws BrokenError with the container's own reason when it failed, CancelledError when it was cancelled
 */
export async function follow(context: StageContext, spec: JobSpec): Promise<void> {
  const { environment, writers, signal, report } = context;
  const { cloud } = environment;
  const jobs = writers.cloud?.jobs;
  if (cloud === undefined || jobs === undefined)
    throw new BrokenError(`environment ${environment.name} runs no jobs, but mlops.json asks for them`);
  // We hold the lease, so the run that started these is gone: two jobs of one stage would write over each other.
  for (const orphan of await cloud.jobs.running(spec.kind, spec.family, { signal })) {
    report.message('warning', `job ${orphan} was left by a run that was killed: asked to stop`);
    await jobs.stop(spec.kind, orphan, { signal });
    await untilEnd(context, cloud, { kind: spec.kind, name: orphan });
  }
  await begin(cloud, jobs, spec, signal);
  const machines = spec.instances === 1 ? spec.machine.instance : `${spec.instances} x ${spec.machine.instance}`;
  report.message('info', `job ${spec.name} (${spec.kind}, ${machines})`);
  let ended: JobInfo;
  try {
    ended = await untilEnd(context, cloud, spec);
  } catch (error) {
    // Whatever keeps us from following it, it must not go on without anybody.
    const why = signal.aborted ? 'cancelled' : messageOf(error);
    await jobs.stop(spec.kind, spec.name).then(
      () => report.message('warning', `job ${spec.name}: asked to stop: ${why}; waiting until it has`),
      (failure: unknown) => report.message('error', `job ${spec.name} goes on, stop it by hand: ${messageOf(failure)}`),
    );
    // A job that is stopping may still write: the lease is not given to others before it has ended.
    await untilEnd({ ...context, signal: AbortSignal.timeout(longestStopMs) }, cloud, spec).catch(() => undefined);
    throw signal.aborted ? new CancelledError() : error;
  }
  if (ended.status === 'Stopped') throw new CancelledError(`job ${spec.name} was stopped by somebody`);
  if (ended.status === 'Failed')
    throw new BrokenError(`job ${spec.name} failed: ${ended.reason ?? 'the platform gives no reason'}`);
}

/** Starts the job; when the answer is lost, the job itself says whether it was started. */
async function begin(cloud: CloudReaders, jobs: JobWriter, spec: JobSpec, signal: AbortSignal): Promise<void> {
  try {
    await jobs.start(spec, { signal });
  } catch (error) {
    const there = await cloud.jobs.describe(spec.kind, spec.name).catch(() => undefined);
    if (there === undefined) throw error;
  }
}

async function untilEnd(
  { report, signal }: StageContext,
  { jobs }: CloudReaders,
  { kind, name }: Pick<JobSpec, 'kind' | 'name'>,
): Promise<JobInfo> {
  let token: string | undefined;
  let phase: string | undefined;
  const tail = async () => {
    const read = await jobs.logs(kind, name, { token, signal });
    token = read.token;
    for (const line of read.lines) report.message('info', line);
    return read.lines.length;
  };
  for (let pause = firstMs; ; pause = Math.min(longestMs, pause * 1.3)) {
    const found = await jobs.describe(kind, name, { signal });
    if (found === undefined) throw new BrokenError(`job ${name}: found none any more`);
    if (found.phase !== undefined && found.phase !== phase) report.message('info', `job ${name}: ${found.phase}`);
    phase = found.phase;
    await tail();
    if (['Completed', 'Failed', 'Stopped'].includes(found.status)) {
      for (let look = 1; look < looksAfterEnd && (await tail()) > 0; look += 1);
      return found;
    }
    await sleep(pause, undefined, { signal });
  }
}
