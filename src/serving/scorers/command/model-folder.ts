import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { pipeline as piped } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { bombMeter } from '../../../common/bomb.js';
import { BrokenError, messageOf } from '../../../common/errors.js';

/**
 * Unpacks what a serving program answers for into a folder of its own, which only this user can read.
 * @throws BrokenError for an archive that is damaged, or whose files would lie outside of the folder
 */
export async function unpackedModel(archive: Uint8Array): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'mlops-served-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const entries = extract();
    const meter = bombMeter(archive.length);
    pipeline(Readable.from([archive]), createGunzip(), meter, (error) => error && entries.destroy(error));
    meter.pipe(entries);
    for await (const entry of entries) {
      const name = normalize(entry.header.name);
      if (entry.header.type !== 'file' || /^(\.\.([/\\]|$)|[/\\])/.test(name))
        throw new Error(`found ${entry.header.name} in it, expected files below one folder`);
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await piped(entry, createWriteStream(join(folder, name)));
    }
  } catch (error) {
    await remove();
    throw new BrokenError(`serving_model.tar.gz: ${messageOf(error)}`, { cause: error });
  }
  return { folder, remove };
}
