import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { InputError, messageOf, WorkbenchError } from '../../common/errors.js';
import { backupHeadSchema, hashesName, hashesSchema, headName, isKept } from './contents.js';

/** Takes one file of an archive. */
export type TakeFile = (path: string, body: Readable) => Promise<void>;

/**
 * Reads an archive from its beginning to its end, handing over each file; each has to be what its hash at the end says.
 * @throws InputError for what is no backup of this project: another archive, a link, a path that leads elsewhere, damage
 */
export async function readBackup(file: string, project: string, take: TakeFile, signal: AbortSignal): Promise<number> {
  const wrong = (found: string, cause?: unknown) =>
    new InputError(`${file}: found ${found}, expected a backup of ${project} that mlops backup made`, { cause });
  const hashes = new Map<string, string>();
  let said: Record<string, string> | undefined;
  let isBegun = false;
  try {
    const entries = extract();
    pipeline(createReadStream(file, { signal }), createGunzip(), entries, () => undefined);
    for await (const entry of entries) {
      const { name, type } = entry.header;
      if (type !== 'file') throw wrong(`"${name}", a ${type ?? 'thing'}`);
      if (!isBegun) {
        if (name !== headName) throw wrong(`"${name}" at its beginning`);
        const head = backupHeadSchema.parse(JSON.parse((await buffer(entry)).toString('utf8')));
        if (head.project !== project) throw wrong(`a backup of ${head.project}`);
        isBegun = true;
      } else if (said !== undefined) throw wrong(`"${name}" behind its end`);
      else if (name === hashesName) said = hashesSchema.parse(JSON.parse((await buffer(entry)).toString('utf8')));
      else {
        if (!isKept(name) || hashes.has(name)) throw wrong(`the path "${name}"`);
        const hash = createHash('sha256');
        // Read only as it is taken: what a listener sees would be gone by then.
        await take(name, Readable.from(hashing(entry as AsyncIterable<Buffer>, hash)));
        hashes.set(name, hash.digest('hex'));
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof WorkbenchError) throw error;
    throw wrong(messageOf(error), error);
  }
  if (said === undefined) throw wrong('an end that is missing');
  const damaged = Object.entries(said).find(([path, hash]) => hashes.get(path) !== hash);
  if (damaged !== undefined || hashes.size !== Object.keys(said).length)
    throw wrong(`damage in "${damaged?.[0] ?? 'a file that it does not name'}"`);
  return hashes.size;
}

async function* hashing(body: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
}
