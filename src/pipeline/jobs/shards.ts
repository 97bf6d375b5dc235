import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { BrokenError, messageOf } from '../../common/errors.js';
import { curatedManifestKey, emptyManifest, parseManifest } from '../../data/curated.js';
import { keys } from '../../documents/keys.js';
import type { ObjectWriter } from '../../platform/ports/objects.js';
import { everyItem } from '../../platform/ports/pages.js';
import { readManifest, writeManifest } from '../ingest/manifest.js';
import { isOurs } from '../shard.js';
import { ingest } from '../stages/ingest.js';
import type { Shard, StageContext } from '../stage.js';
import { readDocument, writeDocument } from '../store.js';

const lookEveryMs = 1000;
const endSchema = z.object({ kind: z.literal('shard-end'), reason: z.string().nullable() });

/**
 * One host's share of ingesting: the days whose key's hash is its own. Only the first host writes what a source's
 * manifest says; the others leave theirs in a place of their own, and say when they are done.
 * @throws what prevents the share from landing, after saying so to the first host
 */
export async function ingestShare(context: StageContext, jobName: string, shard: Shard): Promise<void> {
  const { writers, project } = context;
  const place = placeOf(jobName, shard.index);
  const daily = Object.entries(project.file.sources).filter(([, { format }]) => format === 'zip-of-csv');
  const file = { ...project.file, sources: Object.fromEntries(daily) };
  const own = { ...context, shard, project: { ...project, file } };
  const objects = aside(writers.objects, place);
  const say = (reason: string | null) =>
    writeDocument(writers.objects, `${place}end.json`, { kind: 'shard-end', reason });
  try {
    await ingest.run({ ...own, writers: { ...writers, objects } }, { ...(await planOf(own)), last: undefined });
    await say(null);
  } catch (error) {
    await say(messageOf(error));
    throw error;
  }
}

/** Waits until every other host is done, and takes what they landed into the sources' manifests. @throws BrokenError */
export async function gatherShares(context: StageContext, jobName: string, shard: Shard): Promise<void> {
  const { environment, signal, project, writers, report } = context;
  const others = Array.from({ length: shard.count }, (_, index) => index).filter((index) => index !== shard.index);
  for (const [done, index] of others.entries()) {
    report.progress('files', done, others.length, 'hosts');
    const key = `${placeOf(jobName, index)}end.json`;
    let end = await readDocument(environment.objects, key, endSchema, { signal });
    while (end === undefined) {
      await sleep(lookEveryMs, undefined, { signal });
      end = await readDocument(environment.objects, key, endSchema, { signal });
    }
    if (end.reason !== null) throw new BrokenError(`host ${index + 1} of ${shard.count}: ${end.reason}`);
  }
  for (const [name, source] of Object.entries(project.file.sources)) {
    const whole = await readManifest(environment.objects, name, source, { signal });
    for (let index = 0; index < shard.count; index += 1) {
      const bytes = await environment.objects.read(placeOf(jobName, index) + curatedManifestKey(name, source.format));
      const share = (bytes && parseManifest(Buffer.from(bytes).toString('utf8'))) ?? emptyManifest(name);
      for (const [day, part] of Object.entries(share.parts))
        if (isOurs({ index, count: shard.count }, keys.curated(name) + day)) whole.parts[day] = part;
      Object.assign(whole.raw, share.raw);
    }
    await writeManifest(writers.objects, source, whole, { signal });
  }
  for (let index = 0; index < shard.count; index += 1)
    for await (const { key } of everyItem((page) => environment.objects.list(placeOf(jobName, index), page)))
      await writers.objects.remove(key, { signal });
}

async function planOf(context: StageContext) {
  return { inputs: await ingest.inputs(context), fingerprint: '' };
}

function placeOf(jobName: string, index: number): string {
  return `jobs/${jobName}/${index}/`;
}

/** Puts tables where they belong and manifests aside; removes nothing, for the other hosts' days are none of its own. */
function aside(objects: ObjectWriter, place: string): ObjectWriter {
  return {
    put: (key, body, options) => objects.put(key.endsWith('/_manifest.json') ? place + key : key, body, options),
    putFile: (key, path, options) => objects.putFile(key, path, options),
    remove: () => Promise.resolve(),
  };
}
