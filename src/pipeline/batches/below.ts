import type { ObjectEntry, ObjectReader, ObjectWriter } from '../../platform/ports/objects.js';
import type { StageContext } from '../stage.js';

/** The same place, with every key of the bucket below a prefix: a batch keeps its files as sources keep theirs. */
export function below(context: StageContext, prefix: string): StageContext {
  const { environment, writers } = context;
  return {
    ...context,
    environment: { ...environment, objects: readsBelow(environment.objects, prefix) },
    writers: { ...writers, objects: writesBelow(writers.objects, prefix) },
  };
}

function readsBelow(objects: ObjectReader, prefix: string): ObjectReader {
  const own = <Entry extends ObjectEntry>(entry: Entry): Entry => ({ ...entry, key: entry.key.slice(prefix.length) });
  return {
    buckets: (options) => objects.buckets(options),
    list: async (under, options) => {
      const page = await objects.list(prefix + under, options);
      return { ...page, items: page.items.map(own) };
    },
    head: (key, options) => objects.head(prefix + key, options),
    read: (key, options) => objects.read(prefix + key, options),
    file: (key, options) => objects.file(prefix + key, options),
  };
}

function writesBelow(objects: ObjectWriter, prefix: string): ObjectWriter {
  return {
    put: (key, body, options) => objects.put(prefix + key, body, options),
    putFile: (key, path, options) => objects.putFile(prefix + key, path, options),
    remove: (key, options) => objects.remove(prefix + key, options),
  };
}
