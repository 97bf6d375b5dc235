import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { InputError } from '../../common/errors.js';
import { isThere, moveAtomic } from '../../common/files.js';
import { stateFolder } from '../../common/inside.js';
import { hashesName, headName, keptFiles } from './contents.js';

export interface BackupOf {
  /** The project's folder and name. */
  folder: string;
  project: string;
  now: Date;
}

/**
 * Writes the kept files of a local environment into one archive (`.tar.gz`), whole or not at all, file by file as they are
 * read; their hashes stand at its end.
 * @throws InputError when the file is there already
 */
export async function writeBackup(
  file: string,
  { folder, project, now }: BackupOf,
  signal: AbortSignal,
): Promise<{ files: number; bytes: number }> {
  if (await isThere(file)) throw new InputError(`${file}: found a file, expected none; name another one`);
  const half = `${file}.part`;
  const root = join(folder, stateFolder);
  const tar = pack();
  const written = pipeline(tar, createGzip(), createWriteStream(half, { mode: 0o600, flags: 'wx' }), { signal });
  // What goes wrong below is told there.
  written.catch(() => undefined);
  try {
    const head = { kind: 'backup', schemaVersion: 1, project, createdAt: now.toISOString() };
    tar.entry({ name: headName }, JSON.stringify(head));
    const hashes: Record<string, string> = {};
    let bytes = 0;
    for (const path of keptFiles(folder)) {
      signal.throwIfAborted();
      const { size } = await stat(join(root, path));
      hashes[path] = await addFile(tar, join(root, path), path, size);
      bytes += size;
    }
    tar.entry({ name: hashesName }, JSON.stringify(hashes));
    tar.finalize();
    await written;
    await moveAtomic(half, file, { temporary: dirname(file) });
    return { files: Object.keys(hashes).length, bytes };
  } catch (error) {
    tar.destroy();
    await rm(half, { force: true });
    throw error;
  }
}

/** As much of a file as it held when it was looked at: a log may grow meanwhile. */
async function addFile(tar: Pack, from: string, name: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  const entry = tar.entry({ name, size });
  if (size === 0) entry.end(Buffer.alloc(0));
  else {
    const seen = new PassThrough().on('data', (chunk: Buffer) => hash.update(chunk));
    await pipeline(createReadStream(from, { end: size - 1 }), seen, entry);
  }
  return hash.digest('hex');
}
