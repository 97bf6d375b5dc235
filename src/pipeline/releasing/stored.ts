import { keys } from '../../documents/keys.js';
import {
  releaseDocumentSchema,
  releaseStopSchema,
  type ReleaseDocument,
  type ReleaseStop,
} from '../../documents/releases/release.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { ObjectReader, ObjectWriter } from '../../platform/ports/objects.js';
import { collect } from '../../platform/ports/pages.js';
import { readDocument, writeDocument } from '../store.js';

/** The releases of an endpoint, the newest last, by id. */
export async function releaseIds(
  objects: ObjectReader,
  endpoint: string,
  options: CallOptions = {},
): Promise<string[]> {
  const prefix = keys.releases(endpoint);
  const found = await collect((page) => objects.list(prefix, { ...page, ...options }));
  const ids = found.map(({ key }) => key.slice(prefix.length).split('/')).filter(([, file]) => file === 'release.json');
  return ids.map(([id]) => id!).sort();
}

/** The newest release of an endpoint; undefined where none was ever begun. @throws DamagedFile */
export async function newestRelease(
  objects: ObjectReader,
  endpoint: string,
  options: CallOptions = {},
): Promise<ReleaseDocument | undefined> {
  const id = (await releaseIds(objects, endpoint, options)).at(-1);
  return id === undefined ? undefined : readRelease(objects, endpoint, id, options);
}

export function readRelease(objects: ObjectReader, endpoint: string, id: string, options: CallOptions = {}) {
  return readDocument(objects, keys.release(endpoint, id), releaseDocumentSchema, options);
}

export async function writeRelease(objects: ObjectWriter, release: ReleaseDocument): Promise<ReleaseDocument> {
  await writeDocument(objects, keys.release(release.endpoint, release.id), release);
  return release;
}

/** Whether somebody wants it taken back, and why. */
export function readStop(objects: ObjectReader, { endpoint, id }: ReleaseDocument, options: CallOptions = {}) {
  return readDocument(objects, keys.releaseStop(endpoint, id), releaseStopSchema, options);
}

/** Asks whoever drives a release, on whatever machine, to take it back. */
export function requestStop(
  objects: ObjectWriter,
  { endpoint, id }: ReleaseDocument,
  stop: Pick<ReleaseStop, 'at' | 'by' | 'why'>,
): Promise<void> {
  return writeDocument(objects, keys.releaseStop(endpoint, id), { kind: 'release-stop', schemaVersion: 1, ...stop });
}
