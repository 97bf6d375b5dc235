import { InputError } from '../../common/errors.js';
import type { Run } from '../../documents/run.js';
import { readRun } from '../../pipeline/run-record.js';
import { reads, type At } from '../operation.js';

/** One run with its stages. @throws InputError for one that there is not */
export const showRun = reads('runs.show', (at, { id }: { id: string }) => mustRead(at, id));

export async function mustRead({ environment }: At, id: string): Promise<Run> {
  const run = await readRun(environment, id);
  if (run === undefined)
    throw new InputError(`runs: found no run "${id}" in ${environment.name}; see: mlops runs list`);
  return run;
}
