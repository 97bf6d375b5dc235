import { rename, stat } from 'node:fs/promises';
import { appendLines, readIfThere } from '../../common/files.js';
import { insideState } from '../../common/inside.js';

/** What a watcher writes down fills no disk: beyond this size a file begins anew, and the one before it is kept beside it. */
const mostBytes = 1_000_000;

/** Appends documents to a file of lines, a JSON line each; what is kept of it stays below about twice `most` bytes. */
export async function appendBounded(path: string, documents: readonly object[], most = mostBytes): Promise<void> {
  if (documents.length === 0) return;
  if ((await sizeOf(path)) > most) await rename(path, earlier(path));
  const lines = documents.map((one) => JSON.stringify(one));
  await appendLines(path, lines);
}

/** Every line that is kept, oldest first. */
export async function boundedLines(path: string): Promise<string[]> {
  const parts = await Promise.all([readIfThere(earlier(path)), readIfThere(path)]);
  return parts.flatMap((bytes) => (bytes?.toString('utf8') ?? '').split('\n')).filter((line) => line !== '');
}

/** @throws LeadsOut where a clone brought a link in its place */
const earlier = (path: string): string => insideState(`${path}.1`);

function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}
