import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { InputError } from '../../common/errors.js';
import { isThere } from '../../common/files.js';
import { inside, stateFolder } from '../../common/inside.js';
import { readBackup } from './read-backup.js';

/**
 * Brings back the files of a backup. The archive is read twice: nothing is written before all of it has proved whole and none
 * of its files stands in the way. A file that is there and the same stays.
 * @throws InputError for an archive that is none of this project, is damaged, or would replace what is there
 */
export async function restoreBackup(
  file: string,
  { folder, project }: { folder: string; project: string },
  signal: AbortSignal,
): Promise<{ files: number; written: number }> {
  const root = join(folder, stateFolder);
  const placeOf = (path: string) => inside(folder, join(root, path));
  const same = new Set<string>();
  await readBackup(
    file,
    project,
    async (path, body) => {
      const given = createHash('sha256');
      await pipeline(body, sink(given));
      const there = placeOf(path);
      if (!(await isThere(there))) return;
      const own = createHash('sha256');
      await pipeline(createReadStream(there), sink(own));
      if (own.digest('hex') !== given.digest('hex'))
        throw new InputError(
          `${there}: found other contents than in ${file}, expected none or the same; nothing was restored: move ${root} away first`,
        );
      same.add(path);
    },
    signal,
  );
  const files = await readBackup(
    file,
    project,
    async (path, body) => {
      if (same.has(path)) return pipeline(body, sink(createHash('sha256')));
      const to = placeOf(path);
      await mkdir(dirname(to), { recursive: true });
      const half = join(root, 'tmp', `restore-${randomUUID()}`);
      await mkdir(dirname(half), { recursive: true });
      try {
        await pipeline(body, createWriteStream(half, { flags: 'wx' }));
        await rename(half, to);
      } catch (error) {
        await rm(half, { force: true });
        throw error;
      }
    },
    signal,
  );
  return { files, written: files - same.size };
}

/** Where bytes go that are only looked at. */
const sink = (hash: ReturnType<typeof createHash>): Writable =>
  new Writable({ write: (chunk: Buffer, _encoding, done) => (hash.update(chunk), done()) });
