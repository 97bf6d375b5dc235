import { resultsAt } from '../../pipeline/rows/read-rows.js';
import { reads } from '../operation.js';

/**
 * What a monitor run found, with the key that it lies at: the newest of the environment where none is named.
 * @throws InputError where there are none
 */
export const showResults = reads('runs.results', ({ environment }, { key }: { key?: string }) =>
  resultsAt(environment, key),
);
