import { join } from 'node:path';
import * as z from 'zod';
import { DamagedFile, InputError } from '../../common/errors.js';
import type { FeatureGroup, FeatureReader, FeatureWriter } from '../ports/features.js';
import type { ObjectReader, ObjectWriter } from '../ports/objects.js';
import { collect } from '../ports/pages.js';
import { readJson } from '../../common/json-files.js';
import { helpFor } from '../../documents/errors/mending.js';
import { checkName } from '../shared/keys.js';
import { offlineStorePath } from '../shared/offline-store.js';
import { pageOf, readEach } from '../shared/paging.js';
import type { Place } from './place.js';

const root = 'feature-store/';

/** `feature-group.json` beside the data: what a query would have to count is written when the group is built. */
const groupSchema = z.looseObject({
  name: z.string(),
  status: z.string(),
  createdAt: z.string(),
  recordId: z.string(),
  eventTime: z.string(),
  features: z.array(z.object({ name: z.string(), type: z.enum(['Integral', 'Fractional', 'String']) })),
  rows: z.number().optional(),
  updatedAt: z.string().optional(),
  prefix: z.string().optional(),
});

export function featureReader(place: Place, objects: ObjectReader): FeatureReader {
  return {
    async list(options = {}) {
      const entries = await collect((page) => objects.list(root, { ...page, folders: true }));
      const folders = entries.filter(({ kind }) => kind === 'folder').map(({ key }) => key.slice(root.length, -1));
      const page = pageOf(folders, (name) => name, options);
      const groups = await readEach(page.items, (name) => readGroup(place, name), options);
      const items = groups.filter((group) => group !== undefined);
      return { ...page, items: items.map(({ name, status, createdAt }) => ({ name, status, createdAt })) };
    },
    describe: (name) => readGroup(place, name),
    async files(name, options = {}) {
      // Its files are known by their names, also while its definition cannot be read.
      if ((await readGroup(place, name).catch(damaged)) === undefined)
        throw new InputError(`there is no feature group ${name}`);
      const entries = await collect((page) => objects.list(dataPrefix(name), page), { signal: options.signal });
      const parquet = entries.filter(({ key }) => key.endsWith('.parquet'));
      return parquet.map(({ key }) => join(place.buckets, place.bucket, key));
    },
  };
}

export function featureWriter(place: Place, objects: ObjectWriter): FeatureWriter {
  return {
    async define(group, options) {
      const before = await readGroup(place, group.name).catch(damaged);
      const now = new Date().toISOString();
      const defined: FeatureGroup = {
        updatedAt: now,
        ...group,
        status: 'Created',
        createdAt: before?.createdAt ?? now,
        prefix: dataPrefix(group.name),
      };
      await objects.put(definitionKey(group.name), JSON.stringify(defined, null, 2) + '\n', options);
    },
    async append(name, path, eventTime, options) {
      if ((await readGroup(place, name)) === undefined)
        throw new InputError(`there is no feature group ${name}: define it before adding to it`);
      const key = dataPrefix(name) + offlineStorePath(eventTime);
      await objects.putFile(key, path, options);
      return key;
    },
  };
}

function damaged(error: unknown): Partial<FeatureGroup> {
  if (!(error instanceof DamagedFile)) throw error;
  return {};
}

function dataPrefix(name: string): string {
  return `${root}${name}/data/`;
}

function definitionKey(name: string): string {
  return `${root}${name}/feature-group.json`;
}

async function readGroup(place: Place, name: string): Promise<FeatureGroup | undefined> {
  checkName('feature group', name);
  const key = definitionKey(name);
  const group = await readJson(join(place.buckets, place.bucket, key), groupSchema, helpFor(key));
  return group && { ...group, online: false, offline: true };
}
