import { join } from 'node:path';
import * as z from 'zod';
import { BrokenError, InputError } from '../../common/errors.js';
import { namesIn } from '../../common/files.js';
import type { ModelVersion, RegistryReader, RegistryWriter } from '../ports/registry.js';
import { readJson, writeJson } from '../../common/json-files.js';
import { byBytes, checkName } from '../shared/keys.js';
import { pageOf, readEach } from '../shared/paging.js';
import type { Place } from './place.js';

const statusSchema = z.enum(['Approved', 'PendingManualApproval', 'Rejected']);
const versionSchema = z.looseObject({
  group: z.string(),
  version: z.string(),
  status: statusSchema,
  description: z.string(),
  createdAt: z.string(),
  artifacts: z.string(),
  sha256: z.string(),
  name: z.string(),
  family: z.string(),
  metrics: z.record(z.string(), z.number().nullable()),
  metadata: z.record(z.string(), z.string()),
  /** Every answer a person or a gate gave, oldest first. */
  approvals: z.array(z.object({ at: z.string(), status: statusSchema, why: z.string() })).optional(),
});

/** Versions are files `registry/<group>/v3.json`. */
export function registryReader(place: Place): RegistryReader {
  return {
    async groups(options) {
      return pageOf((await namesIn(place.registry)).sort(byBytes), (name) => name, options);
    },
    async list(group, options) {
      const newestFirst = (await numbersIn(place, group)).reverse().map((number) => `v${number}`);
      const page = pageOf(newestFirst, (version) => version, { limit: 100, ...options });
      const items = await readEach(page.items, (version) => mustRead(place, group, version), options);
      return { ...page, items };
    },
    get: (group, version) => readVersion(place, group, version),
  };
}

export function registryWriter(place: Place): RegistryWriter {
  const { temporary } = place;
  return {
    async nextVersion(group) {
      return `v${((await numbersIn(place, group)).at(-1) ?? 0) + 1}`;
    },
    async register(version) {
      const path = pathOf(place, version.group, version.version);
      if (await writeJson(path, version, { temporary, ifAbsent: true })) return;
      throw new BrokenError(`${version.group} ${version.version} is registered already, and a version never changes`);
    },
    async setStatus(group, version, status, why) {
      const found = await mustRead(place, group, version);
      const approvals = [...(found.approvals ?? []), { at: new Date().toISOString(), status, why }];
      await writeJson(pathOf(place, group, version), { ...found, status, approvals }, { temporary });
    },
  };
}

function pathOf(place: Place, group: string, version: string): string {
  checkName('model group', group);
  if (!/^v[1-9]\d*$/.test(version)) throw new InputError(`model version ${version}: expected v1, v2, …`);
  return join(place.registry, group, `${version}.json`);
}

async function numbersIn(place: Place, group: string): Promise<number[]> {
  checkName('model group', group);
  const numbers = (await namesIn(join(place.registry, group))).map((name) => /^v(\d+)\.json$/.exec(name)?.[1]);
  return numbers
    .filter((number) => number !== undefined)
    .map(Number)
    .sort((left, right) => left - right);
}

function readVersion(place: Place, group: string, version: string) {
  const path = pathOf(place, group, version);
  const helps = `restore it from a copy or, to train that version anew, remove ${path} and run: mlops train --force`;
  return readJson(path, versionSchema, helps);
}

async function mustRead(place: Place, group: string, version: string): Promise<z.infer<typeof versionSchema>> {
  const found: (ModelVersion & z.infer<typeof versionSchema>) | undefined = await readVersion(place, group, version);
  if (found) return found;
  throw new InputError(`there is no version ${version} in model group ${group}`);
}
