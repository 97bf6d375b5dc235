import { keys } from '../../documents/keys.js';
import type { StageInput } from '../../documents/run.js';
import { readManifest, writeManifest } from '../ingest/manifest.js';
import { bringRaw, keepOnly } from '../ingest/raw.js';
import { sourcesOf } from '../stages/ingest.js';
import type { StageContext } from '../stage.js';

/**
 * Brings the files of sources that lie on this machine to `raw/`, where a job finds them; those that have a URL the job
 * fetches itself.
 */
export async function bringAll(context: StageContext, inputs: readonly StageInput[]): Promise<void> {
  const { environment, project, writers, signal } = context;
  for (const { name, files } of await sourcesOf(context)) {
    const source = project.file.sources[name]!;
    const here = files.filter(({ at }) => 'path' in at);
    if (here.length === 0) continue;
    const manifest = await readManifest(environment.objects, name, source, { signal });
    for (const file of here) {
      const identity = inputs.find((input) => input.source === name && input.file === file.name)?.sha256;
      if (identity === undefined) continue;
      const key = source.format === 'zip-of-csv' ? keys.rawZip(name, file.name) : keys.rawTable(name, file.name);
      await bringRaw(context, manifest, file, identity, key);
    }
    keepOnly(manifest, files);
    await writeManifest(writers.objects, source, manifest, { signal });
  }
}
