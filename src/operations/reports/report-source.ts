import { open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InputError, WrongInput } from '../../common/errors.js';
import { newestForeignRun } from '../../pipeline/foreign-runs.js';
import { resultsAt } from '../../pipeline/rows/read-rows.js';
import { newestResults, type ResultsAt } from '../../pipeline/stored-results.js';
import type { Environment } from '../../platform/ports/environment.js';
import { mostBytes, shownBytes } from '../../report/shown-bytes.js';
import { address } from '../buckets/address.js';
import type { At } from '../operation.js';

/** A document that is to be reported, and where it came from. */
export interface ReportSource {
  name: string;
  text: string;
  /** Read to its end. */
  whole: boolean;
  /** Where the rows behind its figures are asked for; absent for a file of its own. */
  from?: { environment: Environment; results: ResultsAt; signal: AbortSignal };
}

/** A file on this machine; of a very large one the beginning. @throws WrongInput for a folder */
export async function fileSource(file: string): Promise<ReportSource> {
  const found = await stat(file);
  if (found.isDirectory())
    throw new WrongInput({
      file,
      found: 'a folder',
      expected: 'a file of results, such as monitoring_results.json in it',
    });
  const { size } = found;
  if (size <= mostBytes) return { name: basename(file), text: await readFile(file, 'utf8'), whole: true };
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(shownBytes), 0, shownBytes, 0);
    return { name: basename(file), text: buffer.subarray(0, bytesRead).toString('utf8'), whole: false };
  } finally {
    await handle.close();
  }
}

/** An object by its key or address, else the newest results of the environment. @throws InputError when there is none */
export async function environmentSource({ environment, signal }: At, key: string | undefined): Promise<ReportSource> {
  if (key === undefined) {
    const ours = await newestResults(environment);
    const theirs = ours === undefined ? await newestForeignRun(environment, { signal }) : undefined;
    if (theirs !== undefined)
      return { name: basename(theirs.key), text: JSON.stringify(theirs.found.document), whole: true };
    const results = ours ?? (await resultsAt(environment, undefined));
    return {
      name: basename(results.key),
      text: JSON.stringify(results.results),
      whole: true,
      from: { environment, results, signal },
    };
  }
  const at = address(key);
  const bytes = await environment.objects.read(at.key, { bucket: at.bucket, signal });
  if (bytes === undefined) {
    throw new InputError(`report: found no file and no object "${key}" in ${environment.name}; see: mlops bucket ls`);
  }
  const text = Buffer.from(bytes).toString('utf8');
  const own = at.bucket === undefined && at.key.endsWith('/monitoring_results.json');
  const results = own ? await resultsAt(environment, at.key).catch(() => undefined) : undefined;
  return { name: basename(at.key), text, whole: true, ...(results ? { from: { environment, results, signal } } : {}) };
}
