import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Environment, Writers } from '../../src/platform/ports/environment.js';
import type { FeatureGroup, FeatureReader, FeatureWriter } from '../../src/platform/ports/features.js';
import type { ObjectReader, ObjectWriter } from '../../src/platform/ports/objects.js';

/** An environment in a folder with just what taking in data and making features need: objects and feature groups. */
export function folderEnvironment(folder: string): Environment {
  const path = (key: string) => join(folder, key);
  const groups = new Map<string, FeatureGroup>();

  const objects: Pick<ObjectReader, 'list' | 'head' | 'read' | 'file'> = {
    async list(prefix) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      const keys = entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .filter((key) => key.startsWith(prefix))
        .sort();
      return { items: keys.map((key) => ({ kind: 'object' as const, key, size: 0, modifiedAt: '' })) };
    },
    async head(key) {
      const found = await stat(path(key)).catch(() => undefined);
      return found && { size: found.size, modifiedAt: found.mtime.toISOString() };
    },
    read: (key) => readFile(path(key)).catch(() => undefined),
    file: (key) => Promise.resolve(path(key)),
  };
  const objectWriter: ObjectWriter = {
    async put(key, body) {
      await mkdir(dirname(path(key)), { recursive: true });
      await writeFile(path(key), body);
    },
    async putFile(key, from) {
      await mkdir(dirname(path(key)), { recursive: true });
      await rename(from, path(key)).catch(() => copyFile(from, path(key)));
    },
    remove: (key) => rm(path(key), { force: true }),
  };
  const data = (name: string) => `feature-store/${name}/data/`;
  const features: Pick<FeatureReader, 'describe' | 'files'> = {
    describe: (name) => Promise.resolve(groups.get(name)),
    files: async (name) => (await objects.list(data(name))).items.map(({ key }) => path(key)),
  };
  const featureWriter: FeatureWriter = {
    define(group) {
      groups.set(group.name, {
        ...group,
        status: 'Created',
        createdAt: '2026-01-01T00:00:00Z',
        prefix: data(group.name),
      });
      return Promise.resolve();
    },
    async append(name, from, eventTime) {
      const key = `${data(name)}${eventTime.getTime()}.parquet`;
      await objectWriter.putFile(key, from);
      return key;
    },
  };
  const writers = { objects: objectWriter, features: featureWriter } as unknown as Writers;
  return {
    name: 'local',
    kind: 'local',
    bucket: 'bucket',
    readOnly: false,
    objects,
    features,
    writers: () => writers,
  } as unknown as Environment;
}
