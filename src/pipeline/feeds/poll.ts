import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import * as z from 'zod';
import { InputError, messageOf } from '../../common/errors.js';
import { sha256 } from '../../common/hash.js';
import { fetchAnswer } from '../../data/feed/fetch-answer.js';
import { readSnapshot, snapshotCsv, type Snapshot } from '../../data/feed/read-snapshot.js';
import { keys } from '../../documents/keys.js';
import { secondsOf } from '../../project/duration.js';
import { readDocument, writeDocument } from '../store.js';
import type { FedSource, FeedAt } from './feed-at.js';
import { forgetOld } from './forget-old.js';
import { quarantine } from './quarantine.js';
import { placesOf } from './snapshots.js';

/** What came of asking: rows that are new, nothing new, or an answer that is not taken, with the reason. */
export type Polled =
  | { status: 'landed'; step: string; rows: number; setAside: number }
  | { status: 'unchanged' }
  | { status: 'refused'; why: string };

/** What is known of the last answer that was taken. */
const stateSchema = z.object({ etag: z.string().nullable(), at: z.number(), rows: z.number(), url: z.string() });

/** A clock that goes so much ahead of ours is wrong. */
const mostAhead = 300;
const zip = promisify(gzip);

/**
 * Asks a source's feed once and keeps what it says: the bytes as they came, their rows, and what is known of both. An answer
 * that cannot be taken is kept below `ingest_errors/` with the reason, as are rows that do not fit.
 * @throws BrokenError where the feed does not answer
 */
export async function pollFeed(at: FeedAt, { name, source, hidden }: FedSource, now: Date): Promise<Polled> {
  const { environment, writers, signal } = at;
  const { feed } = source;
  const known = await readDocument(environment.objects, keys.feedState(name), stateSchema, { signal });
  const last = known?.url === feed.url ? known : undefined;
  const answer = await fetchAnswer(feed.url, { etag: last?.etag ?? null, signal }).catch((error: unknown) => {
    if (error instanceof InputError && !signal.aborted) return { refused: messageOf(error) };
    throw error;
  });
  if ('refused' in answer) return refuse(at, name, now, answer.refused);
  if (answer.unchanged) return { status: 'unchanged' };
  const { bytes, etag } = answer;
  const read = readSnapshot(bytes, feed, { expect: source.expect, hidden });
  const problem = 'problem' in read ? read.problem : wrongClock(read.at, last?.at, now);
  if ('problem' in read || problem !== undefined) return refuse(at, name, now, problem!, bytes);

  const state = { etag, at: read.at, rows: read.rows.length, url: feed.url };
  const landed = read.at === last?.at ? undefined : await land(at, { name, source, hidden }, read, bytes, now);
  await writeDocument(writers.objects, keys.feedState(name), state, { signal });
  if (landed === undefined) return { status: 'unchanged' };
  await forgetOld(at, name, feed, read.at);
  return { status: 'landed', step: landed, rows: read.rows.length, setAside: read.unfit.length };
}

function wrongClock(moment: number, last: number | undefined, now: Date): string | undefined {
  const words = (seconds: number) => new Date(seconds * 1000).toISOString();
  if (moment > now.getTime() / 1000 + mostAhead) return `found the moment ${words(moment)}, which is yet to come`;
  if (last !== undefined && moment < last)
    return `found the moment ${words(moment)}, expected none before the last, ${words(last)}: its clock ran backwards`;
  return undefined;
}

/** Keeps an answer under its step of time; undefined where that step has one already. */
async function land(
  at: FeedAt,
  { name, source: { feed } }: FedSource,
  snapshot: Snapshot,
  bytes: Uint8Array,
  now: Date,
): Promise<string | undefined> {
  const { environment, writers, signal } = at;
  const every = secondsOf(feed.every);
  const step = new Date(Math.floor(snapshot.at / every) * every * 1000);
  const places = placesOf(name, step);
  if ((await environment.objects.head(places.rows, { signal })) !== undefined) return undefined;
  await writers.objects.put(places.bytes, await zip(bytes), { signal });
  if (snapshot.unfit.length > 0)
    await quarantine(at, name, step, {
      why: `${snapshot.unfit.length} of ${snapshot.unfit.length + snapshot.rows.length} rows do not fit`,
      rows: snapshot.unfit,
    });
  await writeDocument(
    writers.objects,
    places.manifest,
    {
      url: feed.url,
      source_ts: new Date(snapshot.at * 1000).toISOString(),
      ingested_utc: now.toISOString(),
      sha256: sha256(bytes),
      rows: snapshot.rows.length,
      set_aside: snapshot.unfit.length,
    },
    { signal },
  );
  // Last: where the rows are, all else is.
  await writers.objects.put(places.rows, await zip(snapshotCsv(snapshot)), { signal });
  return step.toISOString();
}

async function refuse(at: FeedAt, name: string, now: Date, why: string, bytes?: Uint8Array): Promise<Polled> {
  await quarantine(at, name, now, { why, bytes });
  return { status: 'refused', why };
}
