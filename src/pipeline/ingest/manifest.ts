import { curatedManifestKey, type CuratedManifest, emptyManifest, parseManifest } from '../../data/curated.js';
import { sha256 } from '../../common/hash.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { ObjectReader, ObjectWriter } from '../../platform/ports/objects.js';
import type { Source } from '../../project/schema.js';

/** What lies in a source's curated folder, as its manifest says; an empty one when there is none. */
export async function readManifest(
  objects: ObjectReader,
  name: string,
  source: Source,
  options: CallOptions = {},
): Promise<CuratedManifest> {
  const bytes = await objects.read(curatedManifestKey(name, source.format), options);
  return (bytes && parseManifest(Buffer.from(bytes).toString('utf8'))) ?? emptyManifest(name);
}

export const writeManifest = (
  objects: ObjectWriter,
  source: Source,
  manifest: CuratedManifest,
  options: CallOptions = {},
): Promise<void> =>
  objects.put(curatedManifestKey(manifest.source, source.format), `${JSON.stringify(manifest, null, 1)}\n`, options);

/** One hash over what a source's table was made from; the same rows have the same. */
export const contentOf = (manifest: CuratedManifest): string =>
  sha256(
    Object.entries(manifest.parts)
      .map(([part, { made }]) => `${part} ${made}\n`)
      .sort()
      .join(''),
  );
