import { DamagedFile } from '../../../common/errors.js';
import { namesIn } from '../../../common/files.js';
import type { Place } from '../place.js';
import { endpointFolder, readAccepted } from './folder.js';

/** When an endpoint first served, ISO 8601; undefined where it has not yet, or cannot be read. */
export async function endpointCreatedAt(place: Place, name: string): Promise<string | undefined> {
  // A metric's dimension may hold what no endpoint is named.
  if (!(await namesIn(place.endpoints)).includes(name)) return undefined;
  try {
    return (await readAccepted(endpointFolder(place.endpoints, place.temporary, name)))?.createdAt;
  } catch (error) {
    if (error instanceof DamagedFile) return undefined;
    throw error;
  }
}
