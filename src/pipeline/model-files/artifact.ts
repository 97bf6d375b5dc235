import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/**
 * `model.tar.gz`: model and preprocessing in one artifact. Equal files give equal bytes (names sorted, no times, no
 * owner), so that its hash says whether two versions are the same model.
 */
export async function tarOf(files: Record<string, string | Uint8Array>): Promise<{ bytes: Buffer; sha256: string }> {
  const tar = pack();
  for (const name of Object.keys(files).sort()) tar.entry({ name, mtime: new Date(0) }, Buffer.from(files[name]!));
  tar.finalize();
  const bytes = gzipSync(await buffer(tar));
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
