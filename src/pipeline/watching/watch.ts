import { messageOf } from '../../common/errors.js';
import type { DutyRecord } from '../../documents/watching/watcher.js';
import type { Duty, Watching } from './duty.js';

/** A duty that does not heed the signal is waited for no longer. */
const patienceMs = 700;
/** A timer cannot wait for longer than 24 days. */
const longestWaitMs = 86_400_000;

/**
 * Does every duty again and again, each by its own time, until the signal or the end. None waits for another, and one that
 * fails is told, counted and tried again at its next time: it ends no other.
 * @param onLook told after each look how all of them stand
 */
export async function watch(
  duties: readonly Duty[],
  watching: Watching,
  onLook: (records: readonly DutyRecord[]) => Promise<void> = () => Promise.resolve(),
): Promise<DutyRecord[]> {
  const records = duties.map(({ name, every }): DutyRecord => {
    return { name, every, at: null, said: null, failed: false, looks: 0, failures: 0 };
  });
  const doing = duties.map((duty, index) => again(duty, records[index]!, watching, () => onLook(records)));
  await endsSoonAfter(watching.signal, Promise.all(doing));
  return records;
}

async function again(duty: Duty, record: DutyRecord, watching: Watching, onLook: () => Promise<void>): Promise<void> {
  const { clock, signal, until, once } = watching;
  const { settle } = duty;
  for (;;) {
    const at = clock.now();
    record.looks += 1;
    await attempt(duty, record, watching, () => duty.run(at, signal));
    if (signal.aborted) return;
    await onLook();
    const next = at.getTime() + duty.every;
    const isLast = once === true || (until !== undefined && until.getTime() <= next);
    if (!once) await waitTill(isLast ? until!.getTime() : next, watching);
    if (signal.aborted) return;
    if (isLast) break;
  }
  if (settle === undefined) return;
  // That nothing is left says nothing of how the last look went.
  await attempt(duty, record, watching, () => settle(signal), 'is no news');
  await onLook();
}

async function attempt(
  duty: Duty,
  record: DutyRecord,
  { clock, signal, tell }: Watching,
  work: () => Promise<string | undefined>,
  silence: 'is well' | 'is no news' = 'is well',
): Promise<void> {
  const at = clock.now();
  const before = { failed: record.failed, said: record.said };
  const say = (text: string, failed: boolean) => {
    Object.assign(record, { said: text, failed });
    tell({ at: at.toISOString(), duty: duty.name, text, failed });
  };
  record.at = at.toISOString();
  try {
    const text = await work();
    if (text === undefined && silence !== 'is well') return;
    record.failed = false;
    if (text !== undefined) say(text, false);
    else if (before.failed) say('works again', false);
  } catch (error) {
    if (signal.aborted) return;
    const text = messageOf(error);
    record.failures += 1;
    if (!before.failed || before.said !== text) say(text, true);
    else record.failed = true;
  }
}

async function waitTill(moment: number, { clock, signal }: Watching): Promise<void> {
  for (;;) {
    const left = moment - clock.now().getTime();
    if (left <= 0 || signal.aborted) return;
    await clock.wait(Math.min(left, longestWaitMs), { signal });
  }
}

function endsSoonAfter(signal: AbortSignal, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => (timer = setTimeout(resolve, patienceMs));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work
      .then(() => resolve(), reject)
      .finally(() => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      });
  });
}
