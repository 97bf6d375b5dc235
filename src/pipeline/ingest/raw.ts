import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../common/errors.js';
import { refuseBomb } from '../../data/archive/refuse-bomb.js';
import { insideState, stateFolder } from '../../common/inside.js';
import type { CuratedManifest } from '../../data/curated.js';
import { download } from '../../data/sources/download.js';
import { sha256OfFile } from '../../common/hash.js';
import { copyHashed } from '../../data/sources/copy-hashed.js';
import type { SourceFile } from '../../data/sources/sources.js';
import type { StageContext } from '../stage.js';

/** The files that a source was made of last time. */
export const takenFiles = (manifest: CuratedManifest): SourceFile[] =>
  Object.entries(manifest.raw).map(([name, { uri, identity }]) => ({ name, uri, at: { taken: identity } }));

/** Forgets files that a source is no longer made of. */
export function keepOnly(manifest: CuratedManifest, files: SourceFile[]): void {
  const names = new Set(files.map(({ name }) => name));
  manifest.raw = Object.fromEntries(Object.entries(manifest.raw).filter(([name]) => names.has(name)));
}

/**
 * Brings a source's file to its key under `raw/`, unless the same content lies there; the manifest remembers it.
 * A local file whose bytes are no longer those that were hashed before is refused: it changed while it was read.
 */
export async function bringRaw(
  context: StageContext,
  manifest: CuratedManifest,
  file: SourceFile,
  identity: string,
  key: string,
): Promise<void> {
  const { environment, writers, signal, scratch } = context;
  const known = manifest.raw[file.name];
  // Asked in any case: an unfit key is refused here, before anything is written under the file's name.
  const lying = await environment.objects.head(key, { signal });
  const there = known?.identity === identity ? lying : undefined;
  if (known !== undefined && there?.size === known.size) {
    known.uri = file.uri;
    return;
  }
  if (!('path' in file.at || 'url' in file.at))
    throw new InputError(`${key}: found no such object any more, expected ${file.uri} again`);

  let path: string;
  let sha256: string;
  if ('path' in file.at) {
    path = join(scratch, file.name);
    sha256 = await copyHashed(file.at.path, path, signal);
    if (sha256 !== identity)
      throw new InputError(`${file.uri}: found other bytes than a moment ago, expected a file at rest`);
  } else {
    // Not in scratch: what came of a broken download is taken up by the next run.
    const downloads = join(context.project.folder, stateFolder, 'cache', 'downloads');
    path = insideState(join(downloads, manifest.source, file.name));
    await download(file.at.url, path, {
      signal,
      onProgress: (done, total) => context.report.progress('bytes', done, total, file.name),
    });
    sha256 = await sha256OfFile(path, { signal });
  }
  // Before it lies in the bucket: what is refused here is stored nowhere.
  await refuseBomb(path, file.uri, signal);
  const { size } = await stat(path);
  await writers.objects.putFile(key, path, { signal });
  manifest.raw[file.name] = { uri: file.uri, identity, sha256, size };
}
