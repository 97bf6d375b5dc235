import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { isSameSecret, sha256 } from '../../../common/hash.js';
import { readJson, writeJson } from '../../../common/json-files.js';

const sessionSchema = z.object({
  user: z.string(),
  /** Of the one refresh token that is good: sha256. */
  refresh: z.string(),
  /** Milliseconds since 1970. */
  began: z.number(),
  ends: z.number(),
  /** Its access tokens are refused, though their time is not over. */
  ended: z.boolean().optional(),
});
type Session = z.infer<typeof sessionSchema>;
const fileSchema = z.object({ sessions: z.record(z.string(), sessionSchema) });

/** Who is signed in. */
export interface Sessions {
  /** Signs somebody in. Answers the session and its refresh token. */
  begin(user: string, now: Date): Promise<Begun>;
  /** A new refresh token for the one that is given, which is good no more; undefined for one that is not good. */
  renew(refresh: string, now: Date): Promise<(Begun & { user: string; began: number }) | undefined>;
  end(session: string, now: Date): Promise<void>;
  /** Whether tokens of that session are still good. */
  lasts(session: string, now: Date): boolean;
}
export interface Begun {
  session: string;
  refresh: string;
}

const mostSessions = 10_000;

/**
 * Sessions that last `seconds` after they were last renewed. A refresh token that was used already is in two hands: its
 * session ends then, for both (RFC 9700, 4.14).
 * @param place where they are kept over a restart; undefined: nowhere
 */
export async function openSessions(
  seconds: number,
  place: { folder: string; temporary: string } | undefined,
): Promise<Sessions> {
  const path = place && join(place.folder, 'sessions.json');
  const stored =
    path === undefined ? undefined : await readJson(path, fileSchema, 'everybody signs in anew after: rm ' + path);
  const sessions = new Map<string, Session>(Object.entries(stored?.sessions ?? {}));
  let writing = Promise.resolve();

  function keep(now: Date): Promise<void> {
    for (const [name, { ends }] of sessions) if (ends <= now.getTime()) sessions.delete(name);
    while (sessions.size > mostSessions) sessions.delete(sessions.keys().next().value!);
    if (path === undefined || place === undefined) return Promise.resolve();
    const next = writing.then(async () => {
      await writeJson(path, { sessions: Object.fromEntries(sessions) }, { temporary: place.temporary, mode: 0o600 });
    });
    writing = next.catch(() => undefined);
    return next;
  }

  function token(session: string): { text: string; hash: string } {
    const text = `${session}.${randomBytes(32).toString('base64url')}`;
    return { text, hash: sha256(text) };
  }

  return {
    async begin(user, now) {
      const session = randomUUID();
      const { text, hash } = token(session);
      const ends = now.getTime() + seconds * 1000;
      sessions.set(session, { user, refresh: hash, began: now.getTime(), ends });
      await keep(now);
      return { session, refresh: text };
    },
    async renew(refresh, now) {
      const session = refresh.slice(0, refresh.indexOf('.'));
      const found = sessions.get(session);
      if (found === undefined || found.ended || found.ends <= now.getTime()) return undefined;
      if (!isSameSecret(found.refresh, sha256(refresh))) {
        found.ended = true;
        await keep(now);
        return undefined;
      }
      const { text, hash } = token(session);
      Object.assign(found, { refresh: hash, ends: now.getTime() + seconds * 1000 });
      await keep(now);
      return { session, refresh: text, user: found.user, began: found.began };
    },
    async end(session, now) {
      const found = sessions.get(session);
      if (found === undefined) return;
      found.ended = true;
      await keep(now);
    },
    lasts(session, now) {
      const found = sessions.get(session);
      // Where none are kept, another process of the same service may have begun it.
      if (found === undefined) return path === undefined;
      return found.ended !== true && found.ends > now.getTime();
    },
  };
}
