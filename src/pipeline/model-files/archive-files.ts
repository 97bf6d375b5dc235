import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { bombMeter } from '../../common/bomb.js';
import { InputError, messageOf } from '../../common/errors.js';

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * The files of a model's `.tar.gz`, by their names without folders.
 * @throws InputError naming the archive, where it is none or unpacks to more than an honest one
 */
export async function filesInTar(file: string, bytes: Uint8Array): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  try {
    const entries = extract();
    const meter = bombMeter(bytes.length);
    pipeline(Readable.from([bytes]), createGunzip(), meter, (error) => error && entries.destroy(error));
    meter.pipe(entries);
    for await (const entry of entries) {
      const name = basename(entry.header.name);
      // macOS puts a file of attributes, `._name`, beside each.
      if (entry.header.type === 'file' && !name.startsWith('._')) files[name] = await buffer(entry);
      else entry.resume();
    }
  } catch (error) {
    throw new InputError(`${file}: found ${messageOf(error)}, expected a .tar.gz of a model`, { cause: error });
  }
  return files;
}
